package routes.component.zeromq;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Messages that wait for a socket, bounded in number and bytes: a sender waits while there is no room. */
final class OutgoingQueue {

    private final int maxMessages;
    private final long maxBytes;
    private final Deque<Outgoing> waiting = new ArrayDeque<>();
    private long bytes;
    private boolean closed;

    OutgoingQueue(int maxMessages, long maxBytes) {
        this.maxMessages = maxMessages;
        this.maxBytes = maxBytes;
    }

    /** False when there was no room in time. */
    synchronized boolean put(Outgoing message, Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (!closed && !hasRoomFor(message)) {
            long left = Duration.ofNanos(end - System.nanoTime()).toMillis();
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        if (closed) {
            throw new ZeroMqException("the socket is closed");
        }
        waiting.add(message);
        bytes += message.bytes();
        return true;
    }

    /** The oldest message, which stays. */
    synchronized Optional<Outgoing> peek() {
        return Optional.ofNullable(waiting.peek());
    }

    /** Takes a message out: the oldest when it is done, any when its sender gave up. */
    synchronized void remove(Outgoing message) {
        boolean removed = waiting.peek() == message ? waiting.poll() != null : waiting.remove(message);
        if (removed) {
            bytes -= message.bytes();
            notifyAll();
        }
    }

    synchronized int messages() {
        return waiting.size();
    }

    synchronized long bytes() {
        return bytes;
    }

    /** Refuses everything from now on. Returns what was still waiting. */
    synchronized List<Outgoing> close() {
        closed = true;
        List<Outgoing> rest = new ArrayList<>(waiting);
        waiting.clear();
        bytes = 0;
        notifyAll();
        return rest;
    }

    /** A message bigger than the bound may go when it is alone, else it could never. */
    private boolean hasRoomFor(Outgoing message) {
        return waiting.isEmpty() || waiting.size() < maxMessages && bytes + message.bytes() <= maxBytes;
    }
}
