package routes.component.redisstream.stream;

import java.time.Duration;

/**
 * Lets the reader threads read while the consumer runs, holds them back while it is suspended, ends them when it
 * stops. Once {@link #shut()} has returned, no read begins, and {@link #awaitEmpty} tells when the last has ended.
 */
public final class Gate {

    private enum State {
        OPEN,
        SHUT,
        CLOSED
    }

    private State state = State.OPEN;
    private int reading;

    /** Waits while the gate is shut. False when it is closed. */
    synchronized boolean awaitOpen() throws InterruptedException {
        while (state == State.SHUT) {
            wait();
        }
        return state == State.OPEN;
    }

    /** Called before a read, which may begin if this returns true, and which {@link #leave()} must follow. */
    synchronized boolean enter() {
        if (state != State.OPEN) {
            return false;
        }
        reading++;
        return true;
    }

    /** Called after a read. */
    synchronized void leave() {
        reading--;
        notifyAll();
    }

    synchronized boolean isOpen() {
        return state == State.OPEN;
    }

    synchronized boolean isClosed() {
        return state == State.CLOSED;
    }

    public synchronized void open() {
        state = State.OPEN;
        notifyAll();
    }

    public synchronized void shut() {
        state = State.SHUT;
        notifyAll();
    }

    /** For good. */
    public synchronized void close() {
        state = State.CLOSED;
        notifyAll();
    }

    /** Waits until nobody reads. False when that took too long. */
    public synchronized boolean awaitEmpty(Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (reading > 0) {
            long left = Duration.ofNanos(end - System.nanoTime()).toMillis();
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    /** Sleeps, but not when or after the gate is closed. False when it is. */
    synchronized boolean pause(Duration time) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        while (state != State.CLOSED) {
            long left = Duration.ofNanos(end - System.nanoTime()).toMillis();
            if (left <= 0) {
                return true;
            }
            wait(left);
        }
        return false;
    }
}
