package routes.replay.job;

import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/** UUIDs of version 7, each greater than the one before, even when the clock is set back. */
public final class JobIds {

    private static final int COUNTER_BITS = 12;
    private static final long COUNTER = (1L << COUNTER_BITS) - 1;
    private static final long VERSION_7 = 0x7000;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private final Clock clock;
    private final RandomGenerator random;

    /** Milliseconds and a counter. */
    private final AtomicLong last = new AtomicLong();

    public JobIds(Clock clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    public UUID next() {
        long time = last.updateAndGet(before -> Math.max(before + 1, clock.millis() << COUNTER_BITS));
        long high = time >>> COUNTER_BITS << 16 | VERSION_7 | time & COUNTER;
        return new UUID(high, VARIANT | random.nextLong() >>> 2);
    }
}
