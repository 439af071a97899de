package routes.replay.job.stream;

import java.time.Duration;
import java.util.OptionalLong;

import routes.replay.job.JobConfiguration;
import routes.replay.job.JobFailedException;
import routes.replay.job.JobPacing;
import routes.replay.job.MonotonicTime;
import routes.replay.protocol.FrameHeader;

/**
 * Says when each frame of a job may go, and whether its timestamp is in order. Times are those of a monotonic clock in
 * nanoseconds; this class looks at no clock itself. Not thread-safe.
 *
 * <p>By default each gap counts from when the frame before was released, as in the original: time spent on fetching and
 * sending is part of the gap, only the overshoot of the last sleep is made good, and a job that fell behind stays behind.
 * On schedule, gaps add up from the start: such a job never drifts, and after a stall it sends without waiting until it
 * has caught up.
 */
final class Pacing {

    private static final double NANOS = 1e9;

    private final JobConfiguration job;
    private final boolean onSchedule;
    private final long minNanos;
    private final long maxNanos;
    private final long fixNanos;
    private double speed;

    /** Timestamps of the last frame of this stretch, and of the last one since gaps are measured. */
    private OptionalLong last = OptionalLong.empty();

    private OptionalLong previous = OptionalLong.empty();
    /** When the next frame is due, counted from {@link #base}: all gaps on schedule, else the last one. */
    private long gaps;

    private long base;
    private long askedAt;
    private long askedToWait;
    private long overshoot;
    private long due;

    /**
     * What belongs before a frame.
     *
     * @param backward its timestamp is before that of the frame before, or cannot be calculated with
     * @param waitNanos how long to wait until it is sent, never negative
     */
    record Gap(boolean backward, long waitNanos) {}

    Pacing(JobConfiguration job, JobPacing wish) {
        if (job.minDuration().compareTo(job.maxDuration()) > 0) {
            throw new IllegalArgumentException("The least gap is above the greatest one");
        }
        if (!(wish.speed() > 0) || Double.isInfinite(wish.speed())) {
            throw new IllegalArgumentException("The speed must be above zero");
        }
        this.job = job;
        this.onSchedule = wish.onSchedule();
        this.minNanos = nanos(job.minDuration());
        this.maxNanos = nanos(job.maxDuration());
        this.fixNanos = nanos(job.tsDiscrepancyFixDuration());
        this.speed = wish.speed();
    }

    /** Anything longer than 292 years is as good as that. */
    private static long nanos(Duration duration) {
        return duration.compareTo(Duration.ofNanos(Long.MAX_VALUE)) < 0 ? duration.toNanos() : Long.MAX_VALUE;
    }

    /** The next frame has nothing to do with those before. */
    void beginAnew(long now) {
        last = OptionalLong.empty();
        restart(now);
    }

    /** The gaps are measured from now on; the first frame waits the least gap. */
    void restart(long now) {
        previous = OptionalLong.empty();
        gaps = 0;
        base = now;
        askedAt = now;
        askedToWait = 0;
        overshoot = 0;
        due = now;
    }

    /**
     * Settles when a frame is due. Each frame is to be examined once, in order.
     *
     * @throws JobFailedException the job is to stop at a timestamp like this
     */
    void examine(FrameHeader frame, long now) throws JobFailedException {
        boolean backward = isBefore(frame, last);
        last = OptionalLong.of(frame.bestTimestamp());
        if (job.tsSync()) {
            Gap gap = before(frame, now);
            due = now + Math.min(gap.waitNanos(), MonotonicTime.FOR_EVER);
            backward |= gap.backward();
        }
        if (backward && job.stopOnIncorrectTs()) {
            throw new JobFailedException("the timestamp " + frame.bestTimestamp() + " of frame " + frame.id()
                    + " is before that of the frame before, or its time base is unusable");
        }
    }

    /**
     * The gap between this frame and the one before, within the bounds of the job. A time base without length, or a
     * difference that no clock could show, counts as a timestamp that went backward: it must neither fail the job nor
     * make it wait for years.
     */
    Gap before(FrameHeader frame, long now) {
        double seconds = seconds(frame);
        boolean backward = isBefore(frame, previous) || !Double.isFinite(seconds) || seconds * NANOS >= Long.MAX_VALUE;
        previous = OptionalLong.of(frame.bestTimestamp());
        long raw = backward ? fixNanos : (long) (Math.max(0, seconds) * NANOS);
        long gap = (long) (Math.max(minNanos, Math.min(maxNanos, raw)) / speed);
        long sum = onSchedule ? gaps + gap : gap;
        gaps = sum < 0 ? Long.MAX_VALUE : sum;
        askedToWait = Math.max(0, Math.max(0, gaps - (now - base)) - overshoot);
        askedAt = now;
        return new Gap(backward, askedToWait);
    }

    private double seconds(FrameHeader frame) {
        if (!frame.timeBase().isUsable()) {
            return Double.NaN;
        }
        double units = (double) frame.bestTimestamp() - previous.orElse(frame.bestTimestamp());
        return frame.timeBase().seconds(units);
    }

    /** Equal timestamps are in order. */
    private static boolean isBefore(FrameHeader frame, OptionalLong timestamp) {
        return timestamp.isPresent() && frame.bestTimestamp() < timestamp.getAsLong();
    }

    /** When the frame examined last may go. */
    long due() {
        return due;
    }

    boolean isDue(long now) {
        return !job.tsSync() || MonotonicTime.isReached(due, now);
    }

    /** The wait is over and the frame goes out. The schedule does not care when that really was. */
    void released(long now) {
        if (!onSchedule) {
            overshoot = Math.max(0, now - askedAt - askedToWait);
            base = now;
        }
    }

    /** The job stood still for this long at its operator's wish; what it missed is not to be caught up with. */
    void resumedAfter(long pausedNanos) {
        base += pausedNanos;
        askedAt += pausedNanos;
        due += pausedNanos;
    }

    /** From the next frame on; 1 is as recorded. */
    void setSpeed(double factor) {
        speed = factor;
    }

    double speed() {
        return speed;
    }
}
