package routes.replay.ingress;

import java.time.Clock;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.replay.ingress.ReceivedMessage.Outcome;

/**
 * Counts received messages by their outcome, and logs what was dropped and why: the first of a kind at once, then a line
 * every ten seconds, however many there are.
 */
public final class IngressMetrics {

    private static final Logger LOG = LoggerFactory.getLogger(IngressMetrics.class);

    private final Map<Outcome, Counter> messages = new EnumMap<>(Outcome.class);
    private final Map<Outcome, ThrottledLog> reports = new EnumMap<>(Outcome.class);
    private final ThrottledLog gapReports;
    private final Counter bytes;
    private final Counter gaps;

    IngressMetrics(MeterRegistry registry, Clock clock) {
        for (Outcome outcome : Outcome.values()) {
            messages.put(
                    outcome,
                    Counter.builder("replay.messages")
                            .description("Messages received, by what became of them")
                            .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                            .register(registry));
            reports.put(outcome, new ThrottledLog(clock));
        }
        gapReports = new ThrottledLog(clock);
        bytes = Counter.builder("replay.data")
                .description("Data received with the messages that were taken in")
                .baseUnit("bytes")
                .register(registry);
        gaps = Counter.builder("replay.gaps")
                .description("Times that messages were missing, by the numbers their senders gave them")
                .register(registry);
    }

    void count(ReceivedMessage message) {
        counter(message.outcome()).increment();
        if (!message.isDelivered()) {
            report(message);
            return;
        }
        bytes.increment(message.dataBytes());
        if (!message.detail().isEmpty()) {
            gaps.increment();
            String source = message.sourceId().isEmpty() ? "no source" : message.sourceId();
            gapReports.report(more -> LOG.warn("Of {}: {}{}", source, message.detail(), more));
        }
    }

    /** Messages taken in since the start. */
    long packets() {
        return (long) counter(Outcome.DELIVERED).count();
    }

    /** Of these, bytes of data. */
    long dataBytes() {
        return (long) bytes.count();
    }

    /** Messages not taken in. */
    long dropped() {
        return messages.entrySet().stream()
                .filter(entry -> entry.getKey() != Outcome.DELIVERED)
                .mapToLong(entry -> (long) entry.getValue().count())
                .sum();
    }

    public String summary() {
        return "%d packets with %d bytes of data taken in since the start, %d dropped"
                .formatted(packets(), dataBytes(), dropped());
    }

    private void report(ReceivedMessage message) {
        ThrottledLog reported = reports.get(message.outcome());
        if (reported != null) {
            reported.report(more -> LOG.warn(
                    "Message dropped ({}){}{}",
                    message.outcome().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                    message.detail().isEmpty() ? "" : ": " + message.detail(),
                    more));
        }
    }

    private Counter counter(Outcome outcome) {
        Counter counter = messages.get(outcome);
        if (counter == null) {
            throw new IllegalStateException("No counter for " + outcome);
        }
        return counter;
    }
}
