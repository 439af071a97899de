package routes.replay.job;

import java.time.Duration;

/** Arithmetic of {@link System#nanoTime()}, whose values may wrap around. */
public final class MonotonicTime {

    /** 73 years: as good as for ever, and the sum of a few of them does not overflow. */
    public static final long FOR_EVER = Long.MAX_VALUE / 4;

    private MonotonicTime() {}

    public static long nanos(Duration duration) {
        return duration.compareTo(Duration.ofNanos(FOR_EVER)) < 0 ? duration.toNanos() : FOR_EVER;
    }

    public static boolean isReached(long time, long now) {
        return now - time >= 0;
    }
}
