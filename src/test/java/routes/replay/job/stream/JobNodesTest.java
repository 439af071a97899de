package routes.replay.job.stream;

import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import routes.component.zeromq.ZeroMqBatch;
import routes.replay.JobSamples;
import routes.replay.SavantSamples;
import routes.replay.SteppedJob;
import routes.replay.job.JobFailedException;
import routes.replay.protocol.SavantWriter;
import routes.replay.protocol.json.AttributeJson;
import routes.replay.savant.generation1.VideoFrame;
import routes.replay.socket.WriterType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class JobNodesTest {

    private static final ObjectNode REQUEST = JobSamples.request("cam-1", SavantSamples.ID.toUuid(), "'never'");

    private final List<JobMessage> batch = IntStream.range(0, 4)
            .mapToObj(index -> message(index, SavantSamples.frame1()))
            .toList();
    private final JobNodes nodes = nodes(REQUEST);

    @Test
    @DisplayName("what a node leaves out counts as sent, as soon as what comes before it is")
    void leftOut() throws JobFailedException {
        List<JobMessage> sent = rewritten(batch);
        nodes.stamp(List.of(sent.get(0), sent.get(2)));
        assertThat(nodes.accepted(batch, OptionalInt.of(1)).accepted()).isEqualTo(2);

        List<JobMessage> rest = batch.subList(2, 4);
        nodes.stamp(List.of(rewritten(rest).get(0)));
        assertThat(nodes.accepted(rest, OptionalInt.of(1)).accepted()).isEqualTo(2);
    }

    @Test
    @DisplayName("a batch of which nothing is left is sent")
    void nothingLeft() throws JobFailedException {
        rewritten(batch);

        assertThat(nodes.stamp(List.of())).isEqualTo(new ZeroMqBatch(List.of()));
        assertThat(nodes.accepted(batch, OptionalInt.of(0)).accepted()).isEqualTo(4);
    }

    @Test
    @DisplayName("a batch that did not come to stamp-for-sink is sent where no node failed")
    void notStamped() throws JobFailedException {
        rewritten(batch);

        assertThat(nodes.accepted(batch, OptionalInt.empty()).accepted()).isEqualTo(4);
    }

    @Test
    @DisplayName("a message that comes a second time is not rewritten again")
    void rewrittenOnce() throws JobFailedException {
        JobMessage first = rewritten(batch).get(1);

        assertThat(first.message().sourceId()).contains("result");
        assertThat(rewritten(batch).get(1)).isSameAs(first);
    }

    @Test
    @DisplayName("RP79 frames before one that cannot be sent go first, then the job fails")
    void collision() throws JobFailedException {
        ObjectNode request = REQUEST.deepCopy();
        request.withArray("attributes")
                .add(AttributeJson.write(
                        SavantSamples.attribute("job", "name", "added").build()));
        JobNodes failing = nodes(request);
        List<JobMessage> colliding = List.of(
                batch.get(0),
                batch.get(1),
                message(2, SavantSamples.frame1().addAttributes(SavantSamples.attribute("job", "name", "stored"))),
                batch.get(3));
        failing.begin(colliding);
        List<JobMessage> before = failing.rewrite(colliding);
        failing.stamp(before);

        assertThat(before).hasSize(2);
        assertThat(failing.accepted(colliding, OptionalInt.of(2)).accepted()).isEqualTo(2);
        failing.begin(colliding.subList(2, 4));
        assertThatThrownBy(() -> failing.rewrite(colliding.subList(2, 4)))
                .isInstanceOf(JobFailedException.class)
                .hasMessage("the frame at index 2: attribute job.name is there already");
    }

    private List<JobMessage> rewritten(List<JobMessage> messages) throws JobFailedException {
        nodes.begin(messages);
        return nodes.rewrite(messages);
    }

    private static JobNodes nodes(ObjectNode request) {
        return new JobNodes(
                new JobPlan(null, JobSamples.read(request), SteppedJob.VERSIONS, 0, new AtomicInteger()),
                new SavantWriter(WriterType.DEALER));
    }

    private static JobMessage message(long index, VideoFrame.Builder frame) {
        return JobMessage.recorded(index, SavantSamples.decoded(SavantSamples.message(frame)), List.of());
    }
}
