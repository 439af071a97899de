package routes.replay.job.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

import com.google.protobuf.ByteString;
import routes.component.zeromq.ZeroMqBatch;
import routes.replay.job.JobFailedException;
import routes.replay.protocol.SavantWriter;

/**
 * What the nodes of a job's route do with a batch, and what became of the batch at the end of the route. Each job has its
 * own; it has one batch on its way at a time.
 */
public final class JobNodes {

    private final JobRewriter rewriter;
    private final SavantWriter writer;
    private final SequenceNumbers numbers;
    private List<SequenceNumbers.Stamped> stamped = List.of();
    private OptionalLong heldBack = OptionalLong.empty();

    public JobNodes(JobPlan plan, SavantWriter writer) {
        this.rewriter = plan.rewriter();
        this.writer = writer;
        this.numbers = new SequenceNumbers(
                writer, ByteString.copyFromUtf8(plan.configuration().resultingStreamId()));
    }

    /**
     * A batch begins its way.
     *
     * @return whether the sink answers it; such a message goes alone
     */
    public synchronized boolean begin(List<JobMessage> batch) {
        stamped = List.of();
        heldBack = OptionalLong.empty();
        return writer.awaitsReply(batch.get(0).message());
    }

    /**
     * Gives the messages the id, the attributes and the labels of the job. A message that cannot be sent waits until those
     * before it are sent.
     *
     * @throws JobFailedException the first message cannot be sent
     */
    public synchronized List<JobMessage> rewrite(List<JobMessage> batch) throws JobFailedException {
        List<JobMessage> rewritten = new ArrayList<>(batch.size());
        for (JobMessage message : batch) {
            try {
                message.rewrittenBy(rewriter).ifPresent(rewritten::add);
            } catch (AttributeCollisionException | RuntimeException e) {
                if (message == batch.get(0)) {
                    String reason = e instanceof RuntimeException ? e.toString() : e.getMessage();
                    throw new JobFailedException("the frame at index " + message.index() + ": " + reason);
                }
                heldBack = OptionalLong.of(message.index());
                break;
            }
        }
        return rewritten;
    }

    /**
     * Gives the messages their numbers.
     *
     * @return the body for the sink: the frames of a message that it answers, else a batch
     */
    public synchronized Object stamp(List<JobMessage> batch) {
        stamped = numbers.stamp(batch);
        List<List<byte[]>> frames =
                stamped.stream().map(SequenceNumbers.Stamped::frames).toList();
        return batch.size() == 1 && writer.awaitsReply(batch.get(0).message())
                ? frames.get(0)
                : new ZeroMqBatch(frames);
    }

    /**
     * The sink took a batch.
     *
     * @param accepted how many of the messages that it got; absent: all of them. Entries that a node left out are done as
     *     soon as those before them are
     */
    public synchronized SendResult accepted(List<JobMessage> batch, OptionalInt accepted) {
        int count = accepted.orElse(stamped.size());
        numbers.handedOver(stamped, count);
        Set<Long> left = stamped.stream()
                .skip(count)
                .map(message -> message.message().index())
                .collect(Collectors.toSet());
        heldBack.ifPresent(left::add);
        return SendResult.of((int) batch.stream()
                .takeWhile(message -> !left.contains(message.index()))
                .count());
    }

    /** The sink answered the only message of a batch. */
    public synchronized SendResult answered(List<JobMessage> batch, List<byte[]> reply) {
        boolean acknowledged = stamped.isEmpty()
                || writer.isAcknowledged(stamped.get(0).message().message(), reply);
        return acknowledged
                ? accepted(batch, OptionalInt.empty())
                : refused(SendResult.failed("the sink answered something else than OK"));
    }

    /** The batch did not reach the sink. */
    public synchronized SendResult refused(SendResult why) {
        numbers.handedOver(stamped, 0);
        return why;
    }

    /** Nothing more is sent. */
    public void discard() {
        numbers.discard();
    }
}
