package routes.replay;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import routes.component.framestore.FrameStore;
import routes.component.framestore.Watch;

/** A job that has not ended, or whose end is not written down yet. Until it is admitted it stands still. */
final class LiveJob {

    private final JobRecord loaded;
    private final JobRunner runner;
    private volatile boolean admitted;
    private volatile boolean pausedInQueue;
    private List<Watch> watches = List.of();
    private @Nullable Instant startedAt;
    private @Nullable Instant endedAt;
    private @Nullable JobRecord saved;

    /** @param runner of a stream that is paused */
    LiveJob(JobRecord loaded, JobRunner runner) {
        this.loaded = loaded;
        this.runner = runner;
        this.startedAt = loaded.startedAt().orElse(null);
        this.pausedInQueue = loaded.state() == JobState.PAUSED;
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

    /** Whether the limits have let it run. */
    boolean isAdmitted() {
        return admitted;
    }

    /** Whether it waits for the limits to let it run. */
    boolean isQueued() {
        return !admitted && !pausedInQueue && !isOver();
    }

    boolean isOver() {
        return runner.with(JobStream::outcome).isPresent();
    }

    /** Lets it run; time begins to count. */
    synchronized void admit(FrameStore store) {
        watches = definition().sources().stream()
                .map(source -> store.watch(source, runner::stored))
                .toList();
        admitted = true;
        runner.with(stream -> {
            stream.resume(runner.now());
            return stream;
        });
    }

    /** It does not run any more. */
    synchronized void dismiss() {
        watches.forEach(Watch::close);
        watches = List.of();
    }

    void pause() {
        if (admitted) {
            change(stream -> stream.pause(runner.now()));
        } else {
            pausedInQueue = true;
        }
    }

    void resume() {
        if (admitted) {
            change(stream -> stream.resume(runner.now()));
        }
        pausedInQueue = false;
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
        return pausedInQueue ? JobState.PAUSED : JobState.QUEUED;
    }

    /** Whether this is news since it was written down last. */
    synchronized boolean isNews(JobRecord snapshot) {
        return !snapshot.equals(saved);
    }

    synchronized void saved(JobRecord snapshot) {
        saved = snapshot;
    }
}
