package routes.replay.job.stream.pacing;

import routes.replay.protocol.FrameHeader;

/**
 * Paces as the original does: each gap counts from when the frame before was released, so time spent on fetching and
 * sending is part of it. Only the overshoot of the last sleep is made good; a job that fell behind stays behind.
 */
final class GapPacer implements Pacer {

    private final FrameGaps gaps;
    private long lastRelease;
    private long sleepBegan;
    private long askedToWait;
    private long overshoot;

    /** @param start when streaming starts */
    GapPacer(PacingLimits limits, long start) {
        this.gaps = new FrameGaps(limits);
        this.lastRelease = start;
    }

    @Override
    public Pace before(FrameHeader frame, long now) {
        Pace gap = gaps.before(frame);
        long left = Math.max(0, gap.waitNanos() - (now - lastRelease));
        askedToWait = Math.max(0, left - overshoot);
        sleepBegan = now;
        return new Pace(gap.backward(), askedToWait);
    }

    @Override
    public void released(long now) {
        overshoot = Math.max(0, now - sleepBegan - askedToWait);
        lastRelease = now;
    }

    @Override
    public void resumedAfter(long pausedNanos) {
        lastRelease += pausedNanos;
        sleepBegan += pausedNanos;
    }

    @Override
    public void setSpeed(double speed) {
        gaps.setSpeed(speed);
    }
}
