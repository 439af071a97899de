package routes.replay.job.stream.pacing;

import routes.replay.protocol.FrameHeader;

/**
 * Paces by a schedule that is fixed when streaming starts: gaps add up, whatever sleeping and sending took. So it never
 * drifts, and after a stall it sends without waiting until it has caught up.
 */
final class SchedulePacer implements Pacer {

    private final FrameGaps gaps;
    private final long start;
    /** Of the next frame, after the start. Overflows after 292 years. */
    private long due;

    private long paused;

    /** @param start when streaming starts */
    SchedulePacer(PacingLimits limits, long start) {
        this.gaps = new FrameGaps(limits);
        this.start = start;
    }

    @Override
    public Pace before(FrameHeader frame, long now) {
        Pace gap = gaps.before(frame);
        long next = due + gap.waitNanos();
        due = next < 0 ? Long.MAX_VALUE : next;
        return new Pace(gap.backward(), Math.max(0, due - (now - start - paused)));
    }

    @Override
    public void released(long now) {
        // the schedule does not care when a frame really went out
    }

    @Override
    public void resumedAfter(long pausedNanos) {
        paused += pausedNanos;
    }

    @Override
    public void setSpeed(double speed) {
        gaps.setSpeed(speed);
    }
}
