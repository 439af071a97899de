package routes.replay.job.stream.pacing;

import routes.replay.protocol.FrameHeader;

/**
 * Says how long a paced job waits before each frame. Times are those of a monotonic clock in nanoseconds, like
 * {@link System#nanoTime()}; the pacer looks at no clock itself. For each frame {@code before}, then sleep, then
 * {@code released}; ends of streams go without. One instance a job; not thread-safe.
 */
interface Pacer {

    /** How long to wait before this frame. */
    Pace before(FrameHeader frame, long now);

    /** The wait is over and the frame goes out. */
    void released(long now);

    /** The job stood still for this long at its operator's wish; what it missed is not to be caught up. */
    void resumedAfter(long pausedNanos);

    /** From the next frame on; 1 is as recorded. */
    void setSpeed(double speed);
}
