package routes.platform.cluster;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * The right to be the only process that does something, for a limited time. It ends by itself: a holder that was
 * paused for too long finds its lease invalid the moment it goes on.
 */
final class Lease {

    private final String name;
    private final long fence;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private volatile End end;

    /** Two clocks, because one may be set back and the other stands still while a machine sleeps. */
    private record End(Instant time, long nanos) {}

    Lease(String name, long fence, Clock clock, LongSupplier nanoTime) {
        this.name = name;
        this.fence = fence;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.end = new End(Instant.MIN, nanoTime.getAsLong());
    }

    String name() {
        return name;
    }

    /**
     * The fencing number: greater for each new holder of this lease. A store that refuses numbers below the greatest
     * it has seen refuses the late write of a former holder: {@code update … set fence = :fence where fence <= :fence}.
     */
    long fence() {
        return fence;
    }

    /** False from the moment the holder has to step down; it never becomes true again. */
    boolean isValid() {
        End current = end;
        return clock.instant().isBefore(current.time) && nanoTime.getAsLong() - current.nanos < 0;
    }

    /** @param since when the database was asked, which is before it answered */
    void validFor(Duration time, Instant since, long sinceNanos) {
        end = new End(since.plus(time), sinceNanos + time.toNanos());
    }

    void end() {
        end = new End(Instant.MIN, nanoTime.getAsLong());
    }

    @Override
    public String toString() {
        return name + " (fence " + fence + ")";
    }
}
