package routes.replay.job.stream.pacing;

import org.jspecify.annotations.Nullable;
import routes.replay.job.JobConfiguration;
import routes.replay.job.JobFailedException;
import routes.replay.job.JobPacing;
import routes.replay.job.MonotonicTime;
import routes.replay.protocol.FrameHeader;

/** When each frame of a job may go, and whether its timestamp is in order. Not thread-safe. */
public final class FramePace {

    private final JobConfiguration job;
    private final JobPacing pacing;
    private TimestampOrder order = new TimestampOrder();
    private @Nullable Pacer pacer;
    private double speed;
    private long due;

    public FramePace(JobConfiguration job, JobPacing pacing) {
        this.job = job;
        this.pacing = pacing;
        this.speed = pacing.speed();
    }

    /** What comes now has nothing to do with the frames before. */
    public void beginAnew(long now) {
        order = new TimestampOrder();
        restart(now);
    }

    /** The next frame is the first one to be paced. */
    public void restart(long now) {
        PacingLimits limits = PacingLimits.of(job, speed);
        pacer = pacing.onSchedule() ? new SchedulePacer(limits, now) : new GapPacer(limits, now);
        due = now;
    }

    /**
     * Settles when a frame is due; each is to be examined once, and in their order.
     *
     * @throws JobFailedException the job is to stop at timestamps like this
     */
    public void examine(FrameHeader frame, long now) throws JobFailedException {
        boolean backward = order.isBackward(frame);
        if (job.tsSync()) {
            Pace pace = pacer.before(frame, now);
            due = now + Math.min(pace.waitNanos(), MonotonicTime.FOR_EVER);
            backward |= pace.backward();
        }
        if (backward && job.stopOnIncorrectTs()) {
            throw new JobFailedException("the timestamp " + frame.bestTimestamp() + " of frame " + frame.id()
                    + " is before that of the frame before, or its time base is unusable");
        }
    }

    /** When the frame examined last may go. */
    public long due() {
        return due;
    }

    public boolean isDue(long now) {
        return !job.tsSync() || MonotonicTime.isReached(due, now);
    }

    /** It goes. */
    public void released(long now) {
        if (job.tsSync()) {
            pacer.released(now);
        }
    }

    public void resumedAfter(long pausedNanos) {
        due += pausedNanos;
        if (pacer != null) {
            pacer.resumedAfter(pausedNanos);
        }
    }

    /** From the next frame on. */
    public void setSpeed(double factor) {
        speed = factor;
        if (pacer != null) {
            pacer.setSpeed(factor);
        }
    }

    public double speed() {
        return speed;
    }
}
