package routes.replay.job.service;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;
import routes.replay.job.JobOutcome;
import routes.replay.job.stream.BatchSender;
import routes.replay.job.stream.JobMessage;
import routes.replay.job.stream.JobStep;
import routes.replay.job.stream.JobStream;
import routes.replay.job.stream.SendResult;

/**
 * Drives one job on the threads of all: takes the steps its {@link JobStream} asks for, a few a turn so that others have
 * theirs, and sleeps without a thread while there is nothing to do. Never two threads at a time.
 */
final class JobRunner {

    private static final int STEPS_PER_TURN = 32;

    private final JobStream stream;
    private final JobThreads threads;
    private final LongSupplier nanoTime;
    private final Consumer<JobOutcome> whenEnded;

    private final AtomicReference<Turn> turn = new AtomicReference<>(Turn.NONE);
    private final AtomicReference<@Nullable SendResult> answer = new AtomicReference<>();
    private volatile @Nullable BatchSender outlet;
    private @Nullable Alarm alarm;
    private boolean ended;

    /** Whether a turn is asked for or under way. */
    private enum Turn {
        NONE,
        ASKED,
        RUNNING,
        RUNNING_AND_ASKED
    }

    private record Alarm(long time, Runnable cancel) {}

    /** @param whenEnded told once, on one of the threads, when the job is over */
    JobRunner(JobStream stream, JobThreads threads, LongSupplier nanoTime, Consumer<JobOutcome> whenEnded) {
        this.stream = stream;
        this.threads = threads;
        this.nanoTime = nanoTime;
        this.whenEnded = whenEnded;
    }

    /** Goes on, with this outlet. */
    void start(BatchSender sink) {
        outlet = sink;
        wake();
    }

    /** Stands still where it is, without an end; {@link #start} goes on. A message on its way may still arrive. */
    void halt() {
        outlet = null;
    }

    /** Something may have happened: have a look. Quick, for any thread. */
    void wake() {
        Turn before = turn.getAndUpdate(now -> switch (now) {
            case NONE, ASKED -> Turn.ASKED;
            case RUNNING, RUNNING_AND_ASKED -> Turn.RUNNING_AND_ASKED;
        });
        if (before == Turn.NONE) {
            threads.execute(this::takeTurn);
        }
    }

    /** The source has new entries; most of the time this job is not there yet. */
    void stored() {
        if (stream.waitsForEntries()) {
            wake();
        }
    }

    /** Looks at the job, or changes it, between two steps. */
    synchronized <T> T with(Function<JobStream, T> use) {
        takeAnswer();
        return use.apply(stream);
    }

    /** Changes the job and lets it see the change at once. */
    <T> T change(Function<JobStream, T> change) {
        T result = with(change);
        wake();
        return result;
    }

    long now() {
        return nanoTime.getAsLong();
    }

    private void takeTurn() {
        turn.set(Turn.RUNNING);
        boolean more;
        try {
            more = takeSteps();
        } catch (RuntimeException | Error e) {
            // Also what must never happen, an error in the machinery, ends this job only
            with(failed -> {
                failed.fail(e);
                return failed;
            });
            more = !ended;
        }
        Turn before = turn.getAndUpdate(now -> now == Turn.RUNNING ? Turn.NONE : Turn.ASKED);
        if (before == Turn.RUNNING_AND_ASKED) {
            threads.execute(this::takeTurn);
        } else if (more) {
            wake();
        }
    }

    /** Whether it wants to go on at once. */
    private boolean takeSteps() {
        for (int i = 0; i < STEPS_PER_TURN; i++) {
            BatchSender sink = outlet;
            if (ended) {
                return false;
            }
            if (sink == null) {
                with(JobStream::outcome).ifPresent(this::end);
                return false;
            }
            JobStep step = nextStep();
            if (step instanceof JobStep.Send send) {
                send(send.messages(), sink);
            } else if (step instanceof JobStep.Wait wait) {
                long left = wait.untilNanos() - now();
                if (left > 0) {
                    wakeAt(wait.untilNanos(), left);
                    return false;
                }
            } else if (step instanceof JobStep.End end) {
                end(end.outcome());
                return false;
            }
        }
        return true;
    }

    private synchronized JobStep nextStep() {
        takeAnswer();
        return stream.next(now());
    }

    private void takeAnswer() {
        SendResult arrived = answer.getAndSet(null);
        if (arrived != null) {
            stream.answered(arrived, now());
        }
    }

    private void send(List<JobMessage> messages, BatchSender sink) {
        try {
            sink.send(messages, this::answered);
        } catch (RuntimeException e) {
            answered(SendResult.failed(String.valueOf(e.getMessage())));
        }
    }

    private void answered(SendResult what) {
        answer.set(what);
        wake();
    }

    /** An earlier alarm is kept: it costs a look, and less than setting another for each message. */
    private void wakeAt(long time, long delay) {
        Alarm set = alarm;
        if (set != null && set.time - now() > 0 && set.time - time <= 0) {
            return;
        }
        if (set != null) {
            set.cancel.run();
        }
        alarm = new Alarm(time, threads.schedule(this::wake, delay));
    }

    private void end(JobOutcome outcome) {
        ended = true;
        if (alarm != null) {
            alarm.cancel.run();
        }
        with(stopped -> {
            stopped.close();
            return stopped;
        });
        whenEnded.accept(outcome);
    }
}
