package routes.replay.job.service;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;
import routes.component.framestore.api.Watch;
import routes.replay.job.JobDefinition;
import routes.replay.job.JobOutcome;
import routes.replay.job.JobPart;
import routes.replay.job.JobRecord;
import routes.replay.job.JobState;
import routes.replay.job.MonotonicTime;
import routes.replay.job.StopCondition;
import routes.replay.job.StopConditionState;
import routes.replay.job.stream.JobMessage;
import routes.replay.job.stream.JobPlan;
import routes.replay.job.stream.JobStep;
import routes.replay.job.stream.JobStream;
import routes.replay.job.stream.SendResult;

/**
 * A job that has not ended, or whose end is not written down yet. It takes the steps that its {@link JobStream} asks for on
 * the threads that all jobs share: a few at a turn, so that other jobs get theirs, never on two threads at a time, and
 * without a thread while there is nothing to do. Until it is admitted it stands still.
 */
final class ReplayJob {

    private static final int STEPS_PER_TURN = 32;

    private final JobRecord loaded;
    private final JobPlan plan;
    private final ScheduledExecutorService threads;
    private final LongSupplier nanoTime;
    private final Consumer<ReplayJob> whenEnded;
    private final JobStream stream;

    private final AtomicReference<Turn> turn = new AtomicReference<>(Turn.NONE);
    private final AtomicReference<@Nullable SendResult> answer = new AtomicReference<>();
    private volatile @Nullable BiConsumer<List<JobMessage>, Consumer<SendResult>> sender;
    private @Nullable Alarm alarm;
    private boolean finished;

    private volatile boolean admitted;
    private volatile boolean paused;
    private List<Watch> watches = List.of();
    private @Nullable Instant startedAt;
    private @Nullable Instant endedAt;
    private @Nullable JobRecord saved;

    /** Whether a turn is asked for or under way. */
    private enum Turn {
        NONE,
        ASKED,
        RUNNING,
        RUNNING_AND_ASKED
    }

    private record Alarm(long time, Future<?> wake) {}

    /**
     * @param loaded the job as the database has it
     * @param whenEnded is called once, on one of the threads, when the job is over
     */
    ReplayJob(
            JobRecord loaded,
            JobPlan plan,
            ScheduledExecutorService threads,
            LongSupplier nanoTime,
            Clock clock,
            Consumer<ReplayJob> whenEnded) {
        this.loaded = loaded;
        this.plan = plan;
        this.threads = threads;
        this.nanoTime = nanoTime;
        this.whenEnded = whenEnded;
        this.startedAt = loaded.startedAt().orElse(null);
        this.paused = loaded.state() == JobState.PAUSED;
        this.stream = pausedStream(clock);
    }

    private JobStream pausedStream(Clock clock) {
        long now = now();
        JobStream made = loaded.checkpoint(now)
                .map(checkpoint -> new JobStream(plan, checkpoint, now))
                .orElseGet(() -> new JobStream(plan, now));
        if (loaded.checkpoint().isEmpty()) {
            plan.request().extras().startAt().ifPresent(start -> {
                Duration left = Duration.between(clock.instant(), start);
                made.startNotBefore(now + (left.isNegative() ? 0 : MonotonicTime.nanos(left)));
            });
            // It may have been replaced while the anchor was waited for
            StopConditionState.read(loaded.stopCondition(), now)
                    .ifPresent(condition -> made.replaceStopCondition(condition, now));
        }
        made.setSpeed(loaded.speed());
        made.pause(now);
        return made;
    }

    UUID id() {
        return loaded.id();
    }

    JobDefinition definition() {
        return loaded.definition();
    }

    JobPlan plan() {
        return plan;
    }

    int priority() {
        return definition().request().extras().priority();
    }

    /** Whether the limits let the job run now. */
    boolean isAdmitted() {
        return admitted;
    }

    /** Whether the job waits for the limits to let it run. */
    boolean isQueued() {
        return !admitted && !paused && !isOver();
    }

    synchronized boolean isOver() {
        return current().outcome().isPresent();
    }

    /** Whether the job was admitted before, so that it has a route. */
    synchronized boolean isLaunched() {
        return !watches.isEmpty();
    }

    /** Lets the job run; time begins to count. False when it was paused meanwhile. */
    synchronized boolean admit() {
        if (paused) {
            return false;
        }
        if (watches.isEmpty()) {
            watches = definition().sources().stream()
                    .map(source -> plan.store().watch(source, this::stored))
                    .toList();
        }
        admitted = true;
        current().resume(now());
        wake();
        return true;
    }

    /** The job does not run any more. */
    synchronized void dismiss() {
        watches.forEach(Watch::close);
        watches = List.of();
    }

    /** Halts the job where it is; another one may run instead. */
    synchronized void pause() {
        paused = true;
        admitted = false;
        current().pause(now());
        wake();
    }

    /** The job goes on when it is admitted. */
    synchronized void resume() {
        paused = false;
    }

    /** Ends the job, unless it has ended already. */
    synchronized void end(JobOutcome outcome) {
        current().end(outcome);
        wake();
    }

    /** @return false when it is too late: the job is ending */
    synchronized boolean replaceStopCondition(StopCondition condition) {
        boolean replaced = current().replaceStopCondition(condition, now());
        wake();
        return replaced;
    }

    /** @return false when it is too late: the job is ending, or in another part */
    synchronized boolean seek(JobPart part, long index) {
        boolean possible = current().seek(part, index, now());
        wake();
        return possible;
    }

    /** @return false when the job does not stand still at its operator's wish */
    synchronized boolean step(long frames) {
        boolean possible = paused && isLaunched() && current().step(frames, now());
        wake();
        return possible;
    }

    /** From the next frame on. */
    synchronized void setSpeed(double factor) {
        current().setSpeed(factor);
        wake();
    }

    /** The part that the job is at. */
    synchronized JobPart part() {
        return current().part();
    }

    /** What the sink said last of a message that it has not taken yet. */
    synchronized Optional<String> deliveryProblem() {
        return current().deliveryProblem();
    }

    /**
     * How far the job is behind what is recorded: from the entry sent last to the newest of its source, by their arrival.
     * Empty while this process has sent nothing, and when nothing is left of the source.
     */
    synchronized Optional<Duration> lag() {
        return current().sentArrival().flatMap(sent -> plan.store()
                .lastArrival(part().source())
                .map(newest -> newest.isBefore(sent) ? Duration.ZERO : Duration.between(sent, newest)));
    }

    /** The job as it is now. */
    synchronized JobRecord snapshot(Instant now) {
        JobStream course = current();
        if (startedAt == null && course.checkpoint().isPresent()) {
            startedAt = now;
        }
        if (endedAt == null && course.outcome().isPresent()) {
            endedAt = now;
        }
        return new JobRecord(
                id(),
                state(course),
                definition(),
                course.speed(),
                course.stopConditionMemory(now()),
                course.checkpoint(),
                course.outcome().flatMap(JobOutcome::reason),
                loaded.idempotencyKey(),
                loaded.createdAt(),
                Optional.ofNullable(startedAt),
                Optional.ofNullable(endedAt));
    }

    private JobState state(JobStream course) {
        if (admitted || course.outcome().isPresent()) {
            return course.state();
        }
        return paused ? JobState.PAUSED : JobState.QUEUED;
    }

    /** Whether this differs from what was written down last. */
    synchronized boolean isNews(JobRecord snapshot) {
        return !snapshot.equals(saved);
    }

    synchronized void saved(JobRecord snapshot) {
        saved = snapshot;
    }

    /**
     * Has the job send its messages from now on.
     *
     * @param through takes at least one message to the sink, after those handed over before are done, and reports once, on
     *     any thread, what became of them. What the sink did not take is handed over again
     */
    void start(BiConsumer<List<JobMessage>, Consumer<SendResult>> through) {
        sender = through;
        wake();
    }

    /** Lets the job stand still without ending it; {@link #start} goes on. A message on its way may still arrive. */
    void halt() {
        sender = null;
    }

    /** The source has new entries; most of the time the job is not there yet. */
    private void stored() {
        if (stream.waitsForEntries()) {
            wake();
        }
    }

    /** Something may have happened: have a look. Quick, for any thread. */
    private void wake() {
        Turn before = turn.getAndUpdate(now -> switch (now) {
            case NONE, ASKED -> Turn.ASKED;
            case RUNNING, RUNNING_AND_ASKED -> Turn.RUNNING_AND_ASKED;
        });
        if (before == Turn.NONE) {
            threads.execute(this::takeTurn);
        }
    }

    private void takeTurn() {
        turn.set(Turn.RUNNING);
        boolean more;
        try {
            more = takeSteps();
        } catch (RuntimeException | Error e) {
            // Even what must never happen, an error in the machinery, ends this job only
            fail(e);
            more = !finished;
        }
        Turn before = turn.getAndUpdate(now -> now == Turn.RUNNING ? Turn.NONE : Turn.ASKED);
        if (before == Turn.RUNNING_AND_ASKED) {
            threads.execute(this::takeTurn);
        } else if (more) {
            wake();
        }
    }

    /** Whether the job wants to go on at once. */
    private boolean takeSteps() {
        for (int i = 0; i < STEPS_PER_TURN; i++) {
            BiConsumer<List<JobMessage>, Consumer<SendResult>> through = sender;
            if (finished) {
                return false;
            }
            if (through == null) {
                if (isOver()) {
                    finish();
                }
                return false;
            }
            JobStep step = nextStep();
            if (step instanceof JobStep.Send send) {
                send(send.messages(), through);
            } else if (step instanceof JobStep.Wait wait) {
                long left = wait.untilNanos() - now();
                if (left > 0) {
                    wakeAt(wait.untilNanos(), left);
                    return false;
                }
            } else {
                finish();
                return false;
            }
        }
        return true;
    }

    private synchronized JobStep nextStep() {
        return current().next(now());
    }

    private synchronized void fail(Throwable cause) {
        current().fail(cause);
    }

    /** For holders of the lock. An answer of the sink counts before anything else happens to the stream. */
    private JobStream current() {
        SendResult arrived = answer.getAndSet(null);
        if (arrived != null) {
            stream.answered(arrived, now());
        }
        return stream;
    }

    private void send(List<JobMessage> messages, BiConsumer<List<JobMessage>, Consumer<SendResult>> through) {
        try {
            through.accept(messages, this::answered);
        } catch (RuntimeException e) {
            answered(SendResult.failed(String.valueOf(e.getMessage())));
        }
    }

    private void answered(SendResult what) {
        answer.set(what);
        wake();
    }

    /** An earlier alarm is kept: a look in vain costs less than another alarm for each message. */
    private void wakeAt(long time, long delay) {
        Alarm set = alarm;
        if (set != null && set.time - now() > 0 && set.time - time <= 0) {
            return;
        }
        if (set != null) {
            set.wake.cancel(false);
        }
        alarm = new Alarm(time, threads.schedule(this::wake, delay, TimeUnit.NANOSECONDS));
    }

    private void finish() {
        finished = true;
        if (alarm != null) {
            alarm.wake.cancel(false);
        }
        synchronized (this) {
            stream.close();
        }
        whenEnded.accept(this);
    }

    private long now() {
        return nanoTime.getAsLong();
    }
}
