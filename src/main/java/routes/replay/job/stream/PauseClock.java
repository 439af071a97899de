package routes.replay.job.stream;

import org.jspecify.annotations.Nullable;

/**
 * Knows whether a job is paused, and the time by which the job judges what it reads, which stands still during a pause.
 * Some frames may be let through all the same. Not thread-safe.
 */
final class PauseClock {

    private @Nullable Long pausedSince;
    private long steps;
    private boolean stepped;

    boolean isPaused() {
        return pausedSince != null;
    }

    /** Whether the job is paused and no frame is let through. */
    boolean standsStill() {
        return pausedSince != null && steps == 0;
    }

    /** What time it is for the job. */
    long at(long now) {
        return pausedSince == null ? now : pausedSince;
    }

    /** Frames that may be sent now. */
    long mostFrames() {
        return pausedSince == null ? Long.MAX_VALUE : steps;
    }

    void frameSent() {
        if (pausedSince != null && steps > 0) {
            steps--;
        }
    }

    void pause(long now) {
        if (pausedSince == null) {
            pausedSince = now;
        }
    }

    /**
     * Forgets the part of the pause that is over; the pause goes on. Whatever is measured by the clock has to be moved by
     * the time returned.
     *
     * @return how long that part was
     */
    long leaveBehind(long now) {
        long passed = now - pausedSince;
        pausedSince = now;
        return passed;
    }

    /** Lets this many frames through. */
    void step(long frames) {
        steps = frames;
        stepped = true;
    }

    /**
     * Ends the pause.
     *
     * @return whether frames were let through in it
     */
    boolean resume() {
        boolean let = stepped;
        pausedSince = null;
        steps = 0;
        stepped = false;
        return let;
    }
}
