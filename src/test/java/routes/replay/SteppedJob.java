package routes.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import routes.component.framestore.FrameStore;

/** A job on a clock that jumps to whatever the job waits for, and a sink that keeps what it gets. */
final class SteppedJob implements AutoCloseable {

    static final ProtocolVersions VERSIONS =
            new ProtocolVersions(List.of("1.15.*"), "1.15.7", Map.of(Generation.ONE, "1.0.0", Generation.TWO, "2.1.4"));
    private static final int MORE_THAN_ENOUGH = 100_000;

    private final JobPlan plan;
    private JobStream stream;
    private long now = TimeUnit.HOURS.toNanos(1);
    private final long start = now;
    private final List<SavantMessage> sent = new ArrayList<>();
    private final List<JobMessage> messages = new ArrayList<>();
    private final List<Long> times = new ArrayList<>();

    SteppedJob(FrameStore store, JsonNode request) {
        plan = new JobPlan(store, JobSamples.read(request), VERSIONS, 1 << 20, new ReadingJobs());
        stream = new JobStream(plan, now);
    }

    JobStream stream() {
        return stream;
    }

    long now() {
        return now;
    }

    void pass(long milliseconds) {
        now += TimeUnit.MILLISECONDS.toNanos(milliseconds);
    }

    /** As after a restart of the process. */
    void restart() {
        JsonNode condition = StopConditionMemory.write(stream.stopCondition(), now);
        JobCheckpoint last = stream.checkpoint().orElseThrow();
        stream.close();
        now += TimeUnit.DAYS.toNanos(100); // another boot, another zero of the clock
        stream = new JobStream(plan, last.with(StopConditionMemory.read(condition, now)), now);
    }

    /** Runs to the end. */
    JobOutcome run() {
        for (int i = 0; i < MORE_THAN_ENOUGH; i++) {
            Optional<JobOutcome> outcome = step();
            if (outcome.isPresent()) {
                return outcome.get();
            }
        }
        throw new AssertionError("The job does not end");
    }

    /** Runs until so many messages were sent in all. */
    SteppedJob runUntilSent(int count) {
        while (sent.size() < count) {
            step().ifPresent(outcome -> {
                throw new AssertionError("The job ended: " + outcome);
            });
        }
        return this;
    }

    /** One step; a wait is over at once. */
    Optional<JobOutcome> step() {
        JobStep step = stream.next(now);
        if (step instanceof JobStep.Wait wait) {
            now = Math.max(now, wait.untilNanos());
        } else if (step instanceof JobStep.Send send) {
            take(send.messages());
            stream.answered(Handover.of(send.messages().size()), now);
        } else if (step instanceof JobStep.End end) {
            return Optional.of(end.outcome());
        }
        return Optional.empty();
    }

    void take(List<JobMessage> taken) {
        taken.forEach(this::take);
    }

    private void take(JobMessage message) {
        messages.add(message);
        times.add(now - start);
        ByteString raw = message.message().stamped("system", 1);
        sent.add(SavantSamples.decoded(raw));
    }

    List<SavantMessage> sent() {
        return sent;
    }

    List<JobMessage> messages() {
        return messages;
    }

    /** Of each message, since the start. */
    List<Long> milliseconds() {
        return times.stream().map(TimeUnit.NANOSECONDS::toMillis).toList();
    }

    /** Numbers of the frames sent; -1 for the end of a stream. */
    List<Long> frames() {
        return sent.stream()
                .map(message -> message.header()
                        .map(header -> header.id().low() & Long.MAX_VALUE)
                        .orElse(-1L))
                .toList();
    }

    @Override
    public void close() {
        stream.close();
    }
}
