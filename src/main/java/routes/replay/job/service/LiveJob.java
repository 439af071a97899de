package routes.replay.job.service;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import routes.component.framestore.api.FrameStore;
import routes.component.framestore.api.Watch;
import routes.replay.job.JobDefinition;
import routes.replay.job.JobOutcome;
import routes.replay.job.JobPart;
import routes.replay.job.JobRecord;
import routes.replay.job.JobState;
import routes.replay.job.stream.JobStream;

/** A job that has not ended, or whose end is not written down yet. Unless it is admitted it stands still. */
final class LiveJob {

    private final JobRecord loaded;
    private final JobRunner runner;
    private volatile boolean admitted;
    private volatile boolean paused;
    private List<Watch> watches = List.of();
    private @Nullable Instant startedAt;
    private @Nullable Instant endedAt;
    private @Nullable JobRecord saved;

    /** @param runner of a stream that is paused */
    LiveJob(JobRecord loaded, JobRunner runner) {
        this.loaded = loaded;
        this.runner = runner;
        this.startedAt = loaded.startedAt().orElse(null);
        this.paused = loaded.state() == JobState.PAUSED;
    }

    UUID id() {
        return loaded.id();
    }

    JobDefinition definition() {
        return loaded.definition();
    }

    /** The one it is at. */
    JobPart part() {
        return runner.with(JobStream::part);
    }

    JobRunner runner() {
        return runner;
    }

    int priority() {
        return definition().request().extras().priority();
    }

    /** Whether the limits let it run now. */
    boolean isAdmitted() {
        return admitted;
    }

    /** Whether it waits for the limits to let it run. */
    boolean isQueued() {
        return !admitted && !paused && !isOver();
    }

    boolean isOver() {
        return runner.with(JobStream::outcome).isPresent();
    }

    /** Whether it was let run before, so that it has what it runs in. */
    synchronized boolean isLaunched() {
        return !watches.isEmpty();
    }

    /** Whether it was let run, and stands still at its operator's wish. */
    boolean isHalted() {
        return paused && isLaunched() && !isOver();
    }

    /** Lets it run; time begins to count. False when it was paused meanwhile. */
    synchronized boolean admit(FrameStore store) {
        if (paused) {
            return false;
        }
        if (watches.isEmpty()) {
            watches = definition().sources().stream()
                    .map(source -> store.watch(source, runner::stored))
                    .toList();
        }
        admitted = true;
        change(stream -> stream.resume(runner.now()));
        return true;
    }

    /** It does not run any more. */
    synchronized void dismiss() {
        watches.forEach(Watch::close);
        watches = List.of();
    }

    /** Halts it where it is; another may run instead. */
    synchronized void pause() {
        paused = true;
        admitted = false;
        change(stream -> stream.pause(runner.now()));
    }

    /** It goes on when it is admitted. */
    synchronized void resume() {
        paused = false;
    }

    /** The first end counts. */
    void end(JobOutcome outcome) {
        change(stream -> stream.end(outcome));
    }

    private void change(Consumer<JobStream> change) {
        runner.change(stream -> {
            change.accept(stream);
            return stream;
        });
    }

    /** How it is now. */
    synchronized JobRecord snapshot(Instant now) {
        return runner.with(stream -> snapshot(stream, now));
    }

    private JobRecord snapshot(JobStream stream, Instant now) {
        if (startedAt == null && stream.checkpoint().isPresent()) {
            startedAt = now;
        }
        if (endedAt == null && stream.outcome().isPresent()) {
            endedAt = now;
        }
        return new JobRecord(
                id(),
                state(stream),
                definition(),
                stream.speed(),
                stream.stopConditionMemory(runner.now()),
                stream.checkpoint(),
                stream.outcome().flatMap(JobOutcome::reason),
                loaded.idempotencyKey(),
                loaded.createdAt(),
                Optional.ofNullable(startedAt),
                Optional.ofNullable(endedAt));
    }

    private JobState state(JobStream stream) {
        if (admitted || stream.outcome().isPresent()) {
            return stream.state();
        }
        return paused ? JobState.PAUSED : JobState.QUEUED;
    }

    /** Whether this is news since it was written down last. */
    synchronized boolean isNews(JobRecord snapshot) {
        return !snapshot.equals(saved);
    }

    synchronized void saved(JobRecord snapshot) {
        saved = snapshot;
    }
}
