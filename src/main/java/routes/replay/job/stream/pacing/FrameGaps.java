package routes.replay.job.stream.pacing;

import java.time.Duration;
import java.util.OptionalLong;

import routes.replay.protocol.FrameHeader;

/**
 * The gap that belongs before each frame, by the timestamps of this and the frame before, within the bounds of the job.
 * A time base without length, or a difference that no clock could show, counts as a timestamp that went backward: it
 * must neither fail the job nor have it wait for years. One instance a job; not thread-safe.
 */
final class FrameGaps {

    private static final double NANOS = 1e9;

    private final TimestampOrder order = new TimestampOrder();
    private final long minNanos;
    private final long maxNanos;
    private final long fixNanos;
    private double speed;
    private OptionalLong previous = OptionalLong.empty();

    FrameGaps(PacingLimits limits) {
        this.minNanos = nanos(limits.min());
        this.maxNanos = nanos(limits.max());
        this.fixNanos = nanos(limits.fix());
        this.speed = limits.speed();
    }

    void setSpeed(double factor) {
        speed = factor;
    }

    /** What is longer than 292 years is as good as that. */
    private static long nanos(Duration duration) {
        return duration.compareTo(Duration.ofNanos(Long.MAX_VALUE)) < 0 ? duration.toNanos() : Long.MAX_VALUE;
    }

    /** To be asked once for each frame; the gap is in {@link Pace#waitNanos()}, the first frame's is the least one. */
    Pace before(FrameHeader frame) {
        boolean backward = order.isBackward(frame);
        double seconds = seconds(frame);
        boolean senseless = !Double.isFinite(seconds) || seconds * NANOS >= Long.MAX_VALUE;
        previous = OptionalLong.of(frame.bestTimestamp());
        long raw = backward || senseless ? fixNanos : (long) (Math.max(0, seconds) * NANOS);
        long gap = Math.max(minNanos, Math.min(maxNanos, raw));
        return new Pace(backward || senseless, (long) (gap / speed));
    }

    private double seconds(FrameHeader frame) {
        if (!frame.timeBase().isUsable()) {
            return Double.NaN;
        }
        double units = (double) frame.bestTimestamp() - previous.orElse(frame.bestTimestamp());
        return frame.timeBase().seconds(units);
    }
}
