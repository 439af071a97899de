package routes.component.zeromq.socket;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Messages that wait for a socket, bounded in number (where a batch counts as one) and bytes: a sender waits while there
 * is no room.
 */
final class OutgoingQueue {

    /** How late a sender without room may notice that its time is over. */
    private static final long LOOK_UP_MILLIS = 10;

    private final int maxMessages;
    private final long maxBytes;
    private final Deque<Outgoing> waiting = new ArrayDeque<>();
    private int messages;
    private long bytes;
    private boolean closed;

    OutgoingQueue(int maxMessages, long maxBytes) {
        this.maxMessages = maxMessages;
        this.maxBytes = maxBytes;
    }

    /** Waits for room. False when there was none in the message's time. */
    synchronized boolean put(Outgoing message) throws InterruptedException {
        while (!closed && !hasRoomFor(message)) {
            if (message.isOverdue()) {
                return false;
            }
            wait(LOOK_UP_MILLIS);
        }
        if (closed) {
            throw new ZeroMqException("the socket is closed");
        }
        waiting.add(message);
        messages += message.messages().size();
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
            messages -= message.messages().size();
            bytes -= message.bytes();
            notifyAll();
        }
    }

    /** Those that have waited for too long, which stay. */
    synchronized List<Outgoing> overdue() {
        return waiting.stream().filter(Outgoing::isOverdue).toList();
    }

    synchronized int messages() {
        return messages;
    }

    synchronized long bytes() {
        return bytes;
    }

    /** Refuses everything from now on, and returns what was still waiting. */
    synchronized List<Outgoing> close() {
        closed = true;
        List<Outgoing> rest = new ArrayList<>(waiting);
        waiting.clear();
        messages = 0;
        bytes = 0;
        notifyAll();
        return rest;
    }

    /** A message that exceeds the bounds may go when it is alone; otherwise it could never go. */
    private boolean hasRoomFor(Outgoing message) {
        return waiting.isEmpty() || waiting.size() < maxMessages && bytes + message.bytes() <= maxBytes;
    }
}
