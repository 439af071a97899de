package routes.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import routes.component.framestore.api.FrameStore;
import routes.replay.job.JobCheckpoint;
import routes.replay.job.JobFailedException;
import routes.replay.job.JobOutcome;
import routes.replay.job.StopConditionState;
import routes.replay.job.stream.JobMessage;
import routes.replay.job.stream.JobNodes;
import routes.replay.job.stream.JobPlan;
import routes.replay.job.stream.JobStep;
import routes.replay.job.stream.JobStream;
import routes.replay.job.stream.SendResult;
import routes.replay.protocol.Generation;
import routes.replay.protocol.ProtocolVersions;
import routes.replay.protocol.SavantMessage;
import routes.replay.protocol.SavantWriter;
import routes.replay.socket.WriterType;

/** A job on a clock that jumps to whatever the job waits for, and a sink that keeps what it gets. */
public final class SteppedJob implements AutoCloseable {

    public static final ProtocolVersions VERSIONS =
            new ProtocolVersions(List.of("1.15.*"), "1.15.7", Map.of(Generation.ONE, "1.0.0", Generation.TWO, "2.1.4"));
    private static final int MORE_THAN_ENOUGH = 100_000;

    private final JobPlan plan;
    private final JobNodes nodes;
    private JobStream stream;
    private long now = TimeUnit.HOURS.toNanos(1);
    private final long start = now;
    private final List<SavantMessage> sent = new ArrayList<>();
    private final List<JobMessage> messages = new ArrayList<>();
    private final List<Long> times = new ArrayList<>();

    public SteppedJob(FrameStore store, JsonNode request) {
        plan = new JobPlan(store, JobSamples.read(request), VERSIONS, 1 << 20, new AtomicInteger());
        nodes = new JobNodes(plan, new SavantWriter(WriterType.DEALER));
        stream = new JobStream(plan, now);
    }

    public JobStream stream() {
        return stream;
    }

    public long now() {
        return now;
    }

    public void pass(long milliseconds) {
        now += TimeUnit.MILLISECONDS.toNanos(milliseconds);
    }

    /** As after a restart of the process. */
    public void restart() {
        JsonNode condition = StopConditionState.write(stream.stopCondition(), now);
        JobCheckpoint last = stream.checkpoint().orElseThrow();
        stream.close();
        now += TimeUnit.DAYS.toNanos(100); // another boot, another zero of the clock
        stream = new JobStream(plan, last.with(StopConditionState.read(condition, now)), now);
    }

    /** Runs to the end. */
    public JobOutcome run() {
        for (int i = 0; i < MORE_THAN_ENOUGH; i++) {
            Optional<JobOutcome> outcome = step();
            if (outcome.isPresent()) {
                return outcome.get();
            }
        }
        throw new AssertionError("The job does not end");
    }

    /** Runs until so many messages were sent in all. */
    public SteppedJob runUntilSent(int count) {
        while (sent.size() < count) {
            step().ifPresent(outcome -> {
                throw new AssertionError("The job ended: " + outcome);
            });
        }
        return this;
    }

    /** One step; a wait is over at once. */
    public Optional<JobOutcome> step() {
        JobStep step = stream.next(now);
        if (step instanceof JobStep.Wait wait) {
            now = Math.max(now, wait.untilNanos());
        } else if (step instanceof JobStep.Send send) {
            stream.answered(send(send.messages()), now);
        } else if (step instanceof JobStep.End end) {
            return Optional.of(end.outcome());
        }
        return Optional.empty();
    }

    private SendResult send(List<JobMessage> batch) {
        nodes.begin(batch);
        try {
            List<JobMessage> rewritten = nodes.rewrite(batch);
            rewritten.forEach(this::take);
            nodes.stamp(rewritten);
            return nodes.accepted(batch, OptionalInt.empty());
        } catch (JobFailedException e) {
            return SendResult.fatal(e.getMessage());
        }
    }

    public void take(List<JobMessage> taken) {
        send(taken);
    }

    private void take(JobMessage message) {
        messages.add(message);
        times.add(now - start);
        ByteString raw = message.message().stamped("system", 1);
        sent.add(SavantSamples.decoded(raw));
    }

    public List<SavantMessage> sent() {
        return sent;
    }

    public List<JobMessage> messages() {
        return messages;
    }

    /** Of each message, since the start. */
    public List<Long> milliseconds() {
        return times.stream().map(TimeUnit.NANOSECONDS::toMillis).toList();
    }

    /** Numbers of the frames sent; -1 for the end of a stream. */
    public List<Long> frames() {
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
