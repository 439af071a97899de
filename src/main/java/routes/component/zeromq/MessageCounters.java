package routes.component.zeromq;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import routes.component.zeromq.socket.SocketOutcome;

/** Counters {@code <name>.events} by outcome and {@code <name>.bytes} by direction. */
final class MessageCounters {

    private final MeterRegistry registry;
    private final String name;
    private final Tags tags;
    private final Map<SocketOutcome, Counter> events = new EnumMap<>(SocketOutcome.class);
    private final Counter sentBytes;
    private final Counter receivedBytes;

    MessageCounters(MeterRegistry registry, String name, Tags tags) {
        this.registry = registry;
        this.name = name;
        this.tags = tags;
        for (SocketOutcome outcome : SocketOutcome.values()) {
            events.put(outcome, events(outcome));
        }
        this.sentBytes = bytes("sent");
        this.receivedBytes = bytes("received");
    }

    void count(SocketOutcome outcome, long bytes) {
        Counter counter = events.get(outcome);
        if (counter != null) {
            counter.increment();
        }
        if (outcome == SocketOutcome.SENT) {
            sentBytes.increment(bytes);
        } else if (outcome == SocketOutcome.RECEIVED) {
            receivedBytes.increment(bytes);
        }
    }

    List<Meter> meters() {
        return Stream.concat(events.values().stream(), Stream.of(sentBytes, receivedBytes))
                .map(Meter.class::cast)
                .toList();
    }

    private Counter events(SocketOutcome outcome) {
        return Counter.builder(name + ".events")
                .description("Messages and connections by what happened to them")
                .tags(tags.and("outcome", outcome.name().toLowerCase(Locale.ROOT)))
                .register(registry);
    }

    private Counter bytes(String direction) {
        return Counter.builder(name + ".bytes")
                .description("Bytes of messages, without what ZeroMQ adds")
                .tags(tags.and("direction", direction))
                .register(registry);
    }
}
