package routes.replay.job.stream.pacing;

import org.jspecify.annotations.Nullable;

/**
 * Whether a job is paused, and the time by which it judges what it reads: that stands still in a pause. In a pause some
 * frames may be let through all the same. Not thread-safe.
 */
public final class PauseClock {

    private @Nullable Long pausedSince;
    private long steps;
    private boolean stepped;

    public boolean isPaused() {
        return pausedSince != null;
    }

    /** Whether it is paused, and no frame is let through. */
    public boolean standsStill() {
        return pausedSince != null && steps == 0;
    }

    /** What the time is to the job. */
    public long at(long now) {
        return pausedSince == null ? now : pausedSince;
    }

    /** Frames that may be sent now. */
    public long mostFrames() {
        return pausedSince == null ? Long.MAX_VALUE : steps;
    }

    public void frameSent() {
        if (pausedSince != null && steps > 0) {
            steps--;
        }
    }

    public void pause(long now) {
        if (pausedSince == null) {
            pausedSince = now;
        }
    }

    /**
     * Leaves behind what has passed of the pause, which goes on: what is measured by the clock is to be moved by it.
     *
     * @return how long that was
     */
    public long leaveBehind(long now) {
        long passed = now - pausedSince;
        pausedSince = now;
        return passed;
    }

    /** Lets so many frames through. */
    public void step(long frames) {
        steps = frames;
        stepped = true;
    }

    /**
     * Ends the pause.
     *
     * @return whether frames were let through in it
     */
    public boolean resume() {
        boolean let = stepped;
        pausedSince = null;
        steps = 0;
        stepped = false;
        return let;
    }
}
