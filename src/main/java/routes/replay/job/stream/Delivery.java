package routes.replay.job.stream;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import routes.replay.job.JobFailedException;
import routes.replay.job.MonotonicTime;

/**
 * The next message on its way to the sink, and maybe others behind it. It is handed over again, with a pause, until it
 * is accepted or its time is over. Not thread-safe.
 */
final class Delivery {

    private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(1);

    private final Duration limit;
    private long deadline;
    private long pause = FIRST_PAUSE;
    private long next;
    private boolean handedOver;
    private @Nullable String problem;

    Delivery(Duration limit, long now) {
        this.limit = limit;
        this.deadline = now + MonotonicTime.nanos(limit);
        this.next = now;
    }

    /**
     * @param messages what to hand over, if it is time for that
     * @throws JobFailedException the sink did not take it in time
     */
    JobStep step(Supplier<List<JobMessage>> messages, long now) throws JobFailedException {
        boolean first = problem == null && !handedOver;
        if (!first && now - deadline > 0) {
            throw new JobFailedException("a message was not delivered within " + limit
                    + (problem == null ? ": the sink did not answer" : ": " + problem));
        }
        if (handedOver || !MonotonicTime.isReached(next, now)) {
            return new JobStep.Wait(handedOver || next - deadline > 0 ? deadline + 1 : next);
        }
        handedOver = true;
        return new JobStep.Send(messages.get());
    }

    /** Whether the sink has it and has not answered. */
    boolean isUnderWay() {
        return handedOver;
    }

    /** The sink gave it back. */
    void refused(String reason, long now) {
        handedOver = false;
        problem = reason;
        next = now + pause;
        pause = Math.min(pause * 2, LONGEST_PAUSE);
    }

    void resumedAfter(long pausedNanos) {
        deadline += pausedNanos;
        next += pausedNanos;
    }

    /** What the sink said last, if it did not take the message. */
    Optional<String> problem() {
        return Optional.ofNullable(problem);
    }
}
