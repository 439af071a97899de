package routes.replay.job.service;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;
import routes.component.framestore.api.FrameStore;
import routes.replay.job.JobRecord;
import routes.replay.job.MonotonicTime;
import routes.replay.job.StopConditionState;
import routes.replay.job.stream.JobPlan;
import routes.replay.job.stream.JobStream;
import routes.replay.job.stream.ReadingJobs;
import routes.replay.protocol.ProtocolVersions;

/** Puts together what a job needs to run. */
final class JobFactory implements AutoCloseable {

    private final ProtocolVersions versions;
    private final JobThreads threads;
    private final LongSupplier nanoTime;
    private final long readAhead;
    private final Clock clock;
    private final ReadingJobs reading = new ReadingJobs();

    /** @param readAhead bytes of entries that each job holds ready at most */
    JobFactory(ProtocolVersions versions, JobThreads threads, LongSupplier nanoTime, long readAhead, Clock clock) {
        this.versions = versions;
        this.threads = threads;
        this.nanoTime = nanoTime;
        this.readAhead = readAhead;
        this.clock = clock;
    }

    /**
     * A job as it was written down, standing still.
     *
     * @param whenEnded told when it is over
     */
    LiveJob make(JobRecord row, FrameStore store, Consumer<LiveJob> whenEnded) {
        AtomicReference<@Nullable LiveJob> job = new AtomicReference<>();
        JobRunner runner = new JobRunner(stream(row, store), threads, nanoTime, outcome -> {
            LiveJob ended = job.get();
            if (ended != null) {
                whenEnded.accept(ended);
            }
        });
        LiveJob made = new LiveJob(row, runner);
        job.set(made);
        return made;
    }

    private JobStream stream(JobRecord row, FrameStore store) {
        long now = nanoTime.getAsLong();
        JobPlan plan = new JobPlan(store, row.definition().request(), versions, readAhead, reading);
        JobStream stream = row.checkpoint(now)
                .map(checkpoint -> new JobStream(plan, checkpoint, now))
                .orElseGet(() -> new JobStream(plan, now));
        if (row.checkpoint().isEmpty()) {
            plan.request().extras().startAt().ifPresent(start -> stream.startNotBefore(now + until(start)));
            // It may have been replaced while the anchor was waited for
            StopConditionState.read(row.stopCondition(), now)
                    .ifPresent(condition -> stream.replaceStopCondition(condition, now));
        }
        stream.setSpeed(row.speed());
        stream.pause(now);
        return stream;
    }

    private long until(Instant start) {
        Duration left = Duration.between(clock.instant(), start);
        return left.isNegative() ? 0 : MonotonicTime.nanos(left);
    }

    @Override
    public void close() {
        threads.close();
    }
}
