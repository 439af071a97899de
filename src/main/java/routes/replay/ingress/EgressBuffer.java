package routes.replay.ingress;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.replay.protocol.GenerationTranslator;
import routes.replay.protocol.OutgoingMessage;
import routes.replay.protocol.SavantMessage;

/**
 * The messages that wait to be forwarded, bounded in number and bytes. Recording never waits for it: when it is full, the oldest
 * messages are dropped and counted. The oldest one stays here until it was sent, so that it can be tried again.
 */
public final class EgressBuffer {

    private static final Logger LOG = LoggerFactory.getLogger(EgressBuffer.class);

    /** After a failure: an attempt that fails at once must not be repeated without end. */
    private static final Duration PAUSE = Duration.ofMillis(100);

    /** How long {@link #next} waits; a stop waits as long. */
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private static final long LOOK_UP_MILLIS = 50;

    private final boolean open;
    private final boolean metadataOnly;
    private final Optional<GenerationTranslator> translation;
    private final int maxMessages;
    private final long maxBytes;
    private final Deque<Forwarding> waiting = new ArrayDeque<>();
    private final ThrottledLog drops;
    private final ThrottledLog failures;
    private final Counter dropped;
    private final Counter sent;
    private final Counter retried;
    private @Nullable Forwarding current;
    private long bytes;
    private long notBefore;

    /**
     * @param open whether anything is forwarded at all
     * @param metadataOnly leave the data frames out
     * @param translation absent: messages are forwarded as they came
     */
    EgressBuffer(
            boolean open,
            boolean metadataOnly,
            Optional<GenerationTranslator> translation,
            int maxMessages,
            long maxBytes,
            MeterRegistry registry,
            Clock clock) {
        this.open = open;
        this.metadataOnly = metadataOnly;
        this.translation = translation;
        this.maxMessages = maxMessages;
        this.maxBytes = maxBytes;
        this.drops = new ThrottledLog(clock);
        this.failures = new ThrottledLog(clock);
        this.dropped = counter(registry, "replay.egress.dropped", "Messages dropped because too many waited");
        this.sent = counter(registry, "replay.egress.sent", "Messages forwarded");
        this.retried = counter(registry, "replay.egress.retried", "Attempts to forward that failed and are repeated");
        gauge(registry, "replay.egress.waiting", "Messages that wait to be forwarded", EgressBuffer::messages);
        gauge(registry, "replay.egress.waiting.bytes", "Bytes of these", EgressBuffer::bytes);
    }

    /** Never waits, and never fails: the messages are stored, whatever becomes of them here. */
    public void offer(List<ReceivedMessage> messages) {
        for (ReceivedMessage received : messages) {
            try {
                if (open) {
                    received.message().ifPresent(message -> offer(forwarding(received, message)));
                }
            } catch (RuntimeException | Error e) {
                LOG.error("A message was stored, and is not forwarded", e);
            }
        }
    }

    private Forwarding forwarding(ReceivedMessage received, SavantMessage message) {
        return new Forwarding(
                OutgoingMessage.forwarding(
                        translation.map(wished -> wished.apply(message)).orElse(message)),
                received.topic(),
                metadataOnly ? List.of() : received.data());
    }

    private synchronized void offer(Forwarding forwarding) {
        bytes += forwarding.bytes();
        waiting.add(forwarding);
        // A single message may be larger than the bound, or it could never be sent.
        while (messages() > maxMessages && !waiting.isEmpty() || bytes > maxBytes && messages() > 1) {
            bytes -= waiting.remove().bytes();
            dropped.increment();
            drops.report(more -> LOG.warn(
                    "{} messages wait to be forwarded, which is too many: the oldest is dropped{}", messages(), more));
        }
        notifyAll();
    }

    /**
     * Gives the oldest message, or again the one that could not be sent; it stays until {@link #sent}, and is not dropped.
     * Waits a while for one, or until the pause after a failure is over; null when there is none.
     */
    public synchronized @Nullable Forwarding next() throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (messages() == 0 || System.nanoTime() - notBefore < 0) {
            long left = Duration.ofNanos(end - System.nanoTime()).toMillis();
            if (left <= 0) {
                return null;
            }
            wait(Math.min(left, LOOK_UP_MILLIS));
        }
        if (current == null) {
            current = waiting.remove();
        }
        return current;
    }

    /** The message that {@link #next} gave has been sent. */
    public synchronized void sent() {
        sent.increment();
        if (current != null) {
            bytes -= current.bytes();
            current = null;
        }
    }

    /** The message that {@link #next} gave could not be sent; it is tried again after a moment. */
    public synchronized void postpone(String reason) {
        retried.increment();
        notBefore = System.nanoTime() + PAUSE.toNanos();
        failures.report(
                more -> LOG.warn("A message cannot be forwarded, and {} wait by now: {}{}", messages(), reason, more));
    }

    synchronized int messages() {
        return waiting.size() + (current == null ? 0 : 1);
    }

    synchronized long bytes() {
        return bytes;
    }

    private static Counter counter(MeterRegistry registry, String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }

    private void gauge(MeterRegistry registry, String name, String description, ToDoubleFunction<EgressBuffer> value) {
        Gauge.builder(name, this, value).description(description).register(registry);
    }
}
