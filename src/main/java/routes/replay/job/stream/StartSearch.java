package routes.replay.job.stream;

import java.util.Optional;

import routes.component.framestore.api.FrameStore;
import routes.component.framestore.api.Keyframe;
import routes.replay.job.JobFailedException;
import routes.replay.job.JobPart;
import routes.replay.job.MonotonicTime;

/** Looks for the keyframe a part of a job starts at, until the anchor's time is over. Not thread-safe. */
final class StartSearch {

    private final FrameStore store;
    private final JobPart part;
    private long deadline;

    /** @param now when the wait begins */
    StartSearch(FrameStore store, JobPart part, long now) {
        this.store = store;
        this.part = part;
        this.deadline = now + MonotonicTime.nanos(part.anchorWait());
    }

    /**
     * Looks now; at least once, however short the wait is.
     *
     * @throws JobFailedException the anchor is not there and will not be waited for any longer
     */
    Optional<Keyframe> look(long now) throws JobFailedException {
        Optional<Keyframe> found = part.start().find(store, part.source());
        if (found.isEmpty() && MonotonicTime.isReached(deadline, now)) {
            throw new JobFailedException("the anchor " + part.start().anchor() + " is no keyframe of " + part.source()
                    + " and was not recorded within " + part.anchorWait());
        }
        return found;
    }

    long nextLook() {
        return deadline;
    }

    void resumedAfter(long pausedNanos) {
        deadline += pausedNanos;
    }
}
