package routes.replay;

import java.util.Optional;
import java.util.UUID;

import routes.component.framestore.FrameStore;
import routes.component.framestore.Keyframe;

/** Looks for the keyframe a job starts at, until the anchor's time is over. Not thread-safe. */
final class StartSearch {

    private final FrameStore store;
    private final JobRequest job;
    private long deadline;

    /** @param now when the wait begins */
    StartSearch(FrameStore store, JobRequest job, long now) {
        this.store = store;
        this.job = job;
        this.deadline = now + MonotonicTime.nanos(job.anchorWait());
    }

    /**
     * Looks now; at least once, however short the wait is.
     *
     * @throws JobFailedException the anchor is not there and will not be waited for any longer
     */
    Optional<Keyframe> look(long now) throws JobFailedException {
        Optional<Keyframe> found = find(store, job);
        if (found.isEmpty() && MonotonicTime.isReached(deadline, now)) {
            throw new JobFailedException("the anchor " + job.anchor() + " is no keyframe of "
                    + job.configuration().storedStreamId() + " and was not recorded within " + job.anchorWait());
        }
        return found;
    }

    static Optional<Keyframe> find(FrameStore store, JobRequest job) {
        UUID anchor = new UUID(job.anchor().high(), job.anchor().low());
        return store.startKeyframe(
                job.configuration().storedStreamId(), anchor, job.offset().inStore());
    }

    long nextLook() {
        return deadline;
    }

    void resumedAfter(long pausedNanos) {
        deadline += pausedNanos;
    }
}
