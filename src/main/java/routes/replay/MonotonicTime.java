package routes.replay;

import java.time.Duration;

/** Arithmetic of {@link System#nanoTime()}, whose values may wrap around. */
final class MonotonicTime {

    /** 73 years: as good as for ever, and sums of a few of them still fit. */
    static final long FOR_EVER = Long.MAX_VALUE / 4;

    private MonotonicTime() {}

    static long nanos(Duration duration) {
        return duration.compareTo(Duration.ofNanos(FOR_EVER)) < 0 ? duration.toNanos() : FOR_EVER;
    }

    static boolean isReached(long time, long now) {
        return now - time >= 0;
    }
}
