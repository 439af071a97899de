package routes.component.zeromq;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import org.apache.camel.CamelContext;
import org.apache.camel.support.CamelContextHelper;

/** Meters of one socket: {@code zeromq.events} and {@code zeromq.bytes} by outcome, and gauges of its state. */
final class MicrometerListener implements SocketListener {

    private static final String REGISTRY = "io.micrometer.core.instrument.MeterRegistry";

    private final MeterRegistry registry;
    private final Tags tags;
    private final Map<SocketOutcome, Counter> counters = new EnumMap<>(SocketOutcome.class);
    private final Counter sentBytes;
    private final Counter receivedBytes;
    private final List<Meter> gauges = new ArrayList<>();

    private MicrometerListener(MeterRegistry registry, SocketSettings settings) {
        this.registry = registry;
        this.tags = Tags.of(
                "address",
                String.join(",", settings.addresses()),
                "type",
                settings.type().name());
        for (SocketOutcome outcome : SocketOutcome.values()) {
            counters.put(
                    outcome,
                    Counter.builder("zeromq.events")
                            .description("Messages and connections by what happened to them")
                            .tags(tags.and("outcome", outcome.name().toLowerCase(Locale.ROOT)))
                            .register(registry));
        }
        this.sentBytes = bytes("sent");
        this.receivedBytes = bytes("received");
    }

    /** Empty where Micrometer is not on the class path or has no registry in the context. */
    static Optional<SocketListener> find(CamelContext context, SocketSettings settings) {
        if (context.getClassResolver().resolveClass(REGISTRY) == null) {
            return Optional.empty();
        }
        return Optional.ofNullable(CamelContextHelper.findSingleByType(context, MeterRegistry.class))
                .map(registry -> new MicrometerListener(registry, settings));
    }

    @Override
    public void onOutcome(SocketOutcome outcome, long bytes) {
        Counter counter = counters.get(outcome);
        if (counter != null) {
            counter.increment();
        }
        if (outcome == SocketOutcome.SENT) {
            sentBytes.increment(bytes);
        } else if (outcome == SocketOutcome.RECEIVED) {
            receivedBytes.increment(bytes);
        }
    }

    @Override
    public void opened(SocketOwner owner) {
        gauge(owner, "peers", "Connections", socket -> socket.statistics().peers());
        gauge(owner, "queue.messages", "Messages that wait for the socket", SocketOwner::queuedMessages);
        gauge(owner, "queue.bytes", "Bytes that wait for the socket", SocketOwner::queuedBytes);
        gauge(owner, "inflight.messages", "Messages between socket and end of the route", SocketOwner::heldMessages);
        gauge(owner, "inflight.bytes", "Bytes between socket and end of the route", SocketOwner::heldBytes);
    }

    @Override
    public void closed() {
        gauges.forEach(registry::remove);
    }

    private Counter bytes(String direction) {
        return Counter.builder("zeromq.bytes")
                .description("Bytes of messages, without what ZeroMQ adds")
                .tags(tags.and("direction", direction))
                .register(registry);
    }

    private void gauge(SocketOwner owner, String name, String description, ToDoubleFunction<SocketOwner> value) {
        gauges.add(Gauge.builder("zeromq." + name, owner, value)
                .description(description)
                .tags(tags)
                .register(registry));
    }
}
