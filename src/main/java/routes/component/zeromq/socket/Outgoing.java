package routes.component.zeromq.socket;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A message, or a {@code ZeroMqBatch} of them, on its way into a socket. It can be given up until the socket's thread
 * has begun with it: so a message whose exchange failed is never sent after all.
 */
final class Outgoing {

    private enum State {
        WAITING,
        TAKEN,
        GIVEN_UP
    }

    private final List<List<byte[]>> messages;
    private final long bytes;
    private final boolean wantsReply;
    private final Duration patience;
    private final long deadline;
    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
    private final CompletableFuture<Integer> accepted = new CompletableFuture<>();
    private final CompletableFuture<List<byte[]>> reply = new CompletableFuture<>();

    /** @param patience how long the first message may wait to be accepted, from now on */
    Outgoing(List<List<byte[]>> messages, boolean wantsReply, Duration patience) {
        this.messages = messages;
        this.bytes = messages.stream().mapToLong(Outgoing::bytes).sum();
        this.wantsReply = wantsReply;
        this.patience = patience;
        this.deadline = System.nanoTime() + patience.toNanos();
    }

    static long bytes(List<byte[]> frames) {
        long sum = 0;
        for (byte[] frame : frames) {
            sum += frame.length;
        }
        return sum;
    }

    List<List<byte[]>> messages() {
        return messages;
    }

    long bytes() {
        return bytes;
    }

    boolean wantsReply() {
        return wantsReply;
    }

    Duration patience() {
        return patience;
    }

    /** Whether it has waited for too long. */
    boolean isOverdue() {
        return System.nanoTime() - deadline >= 0;
    }

    /** For the socket's thread, before it touches the message. False when it was given up. */
    boolean take() {
        return state.compareAndSet(State.WAITING, State.TAKEN);
    }

    /** For the socket's thread: the socket has no room, the message still waits. */
    void putBack() {
        state.set(State.WAITING);
    }

    /** False when it is too late, because the socket's thread has the message. */
    boolean giveUp() {
        return state.compareAndSet(State.WAITING, State.GIVEN_UP);
    }

    /** @param count of the messages, from the first on */
    void accept(int count) {
        accepted.complete(count);
    }

    void answer(List<byte[]> frames) {
        reply.complete(frames);
    }

    /** Whether the reply came, or nobody waits for it any more. */
    boolean isAnswered() {
        return reply.isDone();
    }

    void fail(ZeroMqException cause) {
        accepted.completeExceptionally(cause);
        reply.completeExceptionally(cause);
    }

    /** Completes with the number of messages that the socket took. */
    CompletableFuture<Integer> accepted() {
        return accepted;
    }

    /** Completes with the reply. */
    CompletableFuture<List<byte[]>> reply() {
        return reply;
    }
}
