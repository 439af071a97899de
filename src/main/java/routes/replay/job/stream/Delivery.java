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
 * The next message on its way to the sink, perhaps with others behind it. It is handed over again after a pause until it is
 * accepted or its time is over. Not thread-safe.
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
     * @param messages supplies what to hand over when it is time
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

    /** Whether the message was handed over and the result is not known yet. */
    boolean isUnderWay() {
        return handedOver;
    }

    /** The sink did not take the message. */
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

    /** Why the sink did not take the message at the last attempt. */
    Optional<String> problem() {
        return Optional.ofNullable(problem);
    }
}
