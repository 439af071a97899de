package routes.replay.job.service;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

import routes.component.framestore.api.FrameStore;
import routes.replay.job.stream.JobStream;

/** How far jobs are behind what is recorded: from the entry sent last to the newest of the source, by their arrival. */
final class JobLag {

    private final Supplier<FrameStore> store;

    JobLag(Supplier<FrameStore> store) {
        this.store = store;
    }

    /** Empty while nothing was sent by this process, or nothing is left of the source. */
    Optional<Duration> of(LiveJob job) {
        Optional<Instant> sent = job.runner().with(JobStream::sentArrival);
        return sent.flatMap(
                arrival -> newest(job.part().source()).map(last -> atLeastZero(Duration.between(arrival, last))));
    }

    private Optional<Instant> newest(String source) {
        return store.get().lastArrival(source);
    }

    private static Duration atLeastZero(Duration lag) {
        return lag.isNegative() ? Duration.ZERO : lag;
    }
}
