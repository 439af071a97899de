package routes.component.zeromq.socket;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ObjLongConsumer;

import org.zeromq.ZEvent;

/** Counts what happens at one socket. Safe for many threads: JeroMQ reports connections from its own. */
public final class SocketStatistics {

    private final Map<SocketOutcome, LongAdder> counts = new EnumMap<>(SocketOutcome.class);
    private final AtomicInteger peers = new AtomicInteger();

    private final ObjLongConsumer<SocketOutcome> listener;

    /**
     * @param listener hears of everything, with the bytes of a message sent or received, in the thread it happens in; must
     *     be quick and thread-safe
     */
    public SocketStatistics(ObjLongConsumer<SocketOutcome> listener) {
        this.listener = listener;
        for (SocketOutcome outcome : SocketOutcome.values()) {
            counts.put(outcome, new LongAdder());
        }
    }

    public void count(SocketOutcome outcome) {
        count(outcome, 0);
    }

    public void count(SocketOutcome outcome, long bytes) {
        adder(outcome).increment();
        listener.accept(outcome, bytes);
    }

    /** Connections are counted, not handshakes: JeroMQ 0.6 never reports that one succeeded. */
    void event(ZEvent event) {
        switch (event.getEvent()) {
            case CONNECTED, ACCEPTED -> {
                peers.incrementAndGet();
                count(SocketOutcome.CONNECTED);
            }
            case DISCONNECTED -> {
                peers.updateAndGet(now -> Math.max(0, now - 1));
                count(SocketOutcome.DISCONNECTED);
            }
            case CONNECT_RETRIED -> count(SocketOutcome.CONNECT_RETRIED);
            case HANDSHAKE_FAILED_AUTH, HANDSHAKE_FAILED_NO_DETAIL, HANDSHAKE_FAILED_PROTOCOL ->
                count(SocketOutcome.HANDSHAKE_FAILED);
            default -> {}
        }
    }

    /** The socket was closed, and all its connections with it; of these no event tells. */
    void noPeers() {
        peers.set(0);
    }

    public long get(SocketOutcome outcome) {
        return adder(outcome).sum();
    }

    public int peers() {
        return peers.get();
    }

    private LongAdder adder(SocketOutcome outcome) {
        LongAdder adder = counts.get(outcome);
        if (adder == null) {
            throw new IllegalStateException("No count for " + outcome);
        }
        return adder;
    }
}
