package routes.component.zeromq;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A message on its way into a socket. The sender waits for its fate, and may give up until the socket's thread has
 * begun with it: so a message whose exchange failed is never sent after all.
 */
final class Outgoing {

    private enum State {
        WAITING,
        TAKEN,
        GIVEN_UP
    }

    private final List<byte[]> frames;
    private final long bytes;
    private final boolean wantsReply;
    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
    private final CompletableFuture<Void> accepted = new CompletableFuture<>();
    private final CompletableFuture<List<byte[]>> reply = new CompletableFuture<>();

    Outgoing(List<byte[]> frames, boolean wantsReply) {
        this.frames = frames;
        this.bytes = ZeroMqFrames.bytes(frames);
        this.wantsReply = wantsReply;
    }

    List<byte[]> frames() {
        return frames;
    }

    long bytes() {
        return bytes;
    }

    boolean wantsReply() {
        return wantsReply;
    }

    /** For the socket's thread, before it touches the message. False when the sender gave up. */
    boolean take() {
        return state.compareAndSet(State.WAITING, State.TAKEN);
    }

    /** For the socket's thread: the socket has no room, the message still waits. */
    void putBack() {
        state.set(State.WAITING);
    }

    /** For the sender. False when it is too late, because the socket's thread has the message. */
    boolean giveUp() {
        return state.compareAndSet(State.WAITING, State.GIVEN_UP);
    }

    void accept() {
        accepted.complete(null);
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

    /** Waits until the socket took the message; the caller decides what a time-out means. */
    void awaitAccepted(Duration patience) throws InterruptedException, TimeoutException {
        await(accepted, patience);
    }

    List<byte[]> awaitReply(Duration patience) throws InterruptedException, TimeoutException {
        return await(reply, patience);
    }

    /** The reply, should it still come, is not wanted. */
    void forgetReply() {
        reply.cancel(false);
    }

    private static <T> T await(CompletableFuture<T> future, Duration patience)
            throws InterruptedException, TimeoutException {
        try {
            return future.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw new ZeroMqException(String.valueOf(e.getCause().getMessage()), e.getCause());
        }
    }
}
