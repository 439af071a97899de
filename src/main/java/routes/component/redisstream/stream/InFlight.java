package routes.component.redisstream.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The entries that this consumer holds, from reading to acknowledgement: being processed, or waiting for another try.
 * Their number is bounded, and room must be reserved before more are read. An id is held at most once, so an entry
 * that arrives in two ways is processed once. Waiting entries are kept by id only; their data stays in Redis.
 */
public final class InFlight {

    private enum State {
        WORKING,
        WAITING
    }

    private final Semaphore room;
    private final Map<String, State> held = new ConcurrentHashMap<>();
    private final DelayQueue<Waiting> waiting = new DelayQueue<>();

    public InFlight(int most) {
        this.room = new Semaphore(most);
    }

    /** Reserves room for up to this many entries and returns for how many; waits a moment for the first. */
    int reserve(int wanted, Duration patience) throws InterruptedException {
        if (!room.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            return 0;
        }
        return 1 + reserve(wanted - 1);
    }

    /** Reserves room for up to this many entries and returns for how many. */
    int reserve(int wanted) {
        int reserved = 0;
        while (reserved < wanted && room.tryAcquire()) {
            reserved++;
        }
        return reserved;
    }

    /** Gives reserved room back. */
    void unreserve(int count) {
        room.release(count);
    }

    /**
     * Holds an entry that is processed at once. True uses up one reserved place; false means that it is held already.
     */
    boolean holdWorking(String id) {
        return held.putIfAbsent(id, State.WORKING) == null;
    }

    /**
     * Holds an entry that waits to be taken up. True uses up one reserved place; false means that it is held already.
     */
    boolean holdWaiting(String id) {
        if (held.putIfAbsent(id, State.WAITING) != null) {
            return false;
        }
        waiting.add(Waiting.from(id, Duration.ZERO));
        return true;
    }

    /** Lets a held entry wait for its next try. */
    public void retryIn(String id, Duration delay) {
        if (held.replace(id, State.WAITING) != null) {
            waiting.add(Waiting.from(id, delay));
        }
    }

    /** An entry that is due, which then counts as being processed. */
    Optional<String> pollDue() {
        Waiting due;
        while ((due = waiting.poll()) != null) {
            if (held.replace(due.id(), State.WAITING, State.WORKING)) {
                return Optional.of(due.id());
            }
        }
        return Optional.empty();
    }

    /** How long no entry will be due, at most the given time. */
    Duration untilDue(Duration most) {
        Waiting next = waiting.peek();
        if (next == null) {
            return most;
        }
        Duration delay = Duration.ofMillis(Math.max(0, next.getDelay(TimeUnit.MILLISECONDS)));
        return delay.compareTo(most) < 0 ? delay : most;
    }

    /** Releases an entry and frees its place. */
    void release(String id) {
        if (held.remove(id) != null) {
            room.release();
        }
    }

    /**
     * Releases an entry if it is only waiting; one that is being processed stays until its exchange ends. True if it
     * was released.
     */
    boolean releaseWaiting(String id) {
        if (held.remove(id, State.WAITING)) {
            waiting.removeIf(entry -> entry.id().equals(id));
            room.release();
            return true;
        }
        return false;
    }

    /** Releases all entries that are only waiting, and returns them. */
    public List<String> releaseAllWaiting() {
        List<String> released = new ArrayList<>();
        for (String id : held()) {
            if (releaseWaiting(id)) {
                released.add(id);
            }
        }
        return released;
    }

    List<String> held() {
        return List.copyOf(held.keySet());
    }

    public int working() {
        return held.size() - waiting();
    }

    public int waiting() {
        return waiting.size();
    }

    private record Waiting(String id, long due) implements Delayed {

        static Waiting from(String id, Duration delay) {
            return new Waiting(id, System.nanoTime() + delay.toNanos());
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(due - System.nanoTime(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }
    }
}
