package routes.replay.job.stream;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import com.google.protobuf.ByteString;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import routes.replay.protocol.MessageKind;
import routes.replay.protocol.OutgoingMessage;
import routes.replay.protocol.SavantWriter;
import routes.replay.savant.generation1.Message;
import routes.replay.socket.WriterType;

import static org.assertj.core.api.Assertions.assertThat;

class SequenceNumbersTest {

    private final SavantWriter writer = new SavantWriter(WriterType.DEALER);
    private final SequenceNumbers stamps = new SequenceNumbers(writer, ByteString.copyFromUtf8("out"));
    private final List<JobMessage> messages =
            IntStream.range(0, 20).mapToObj(number -> message()).toList();

    @Test
    @DisplayName("what the sink had no room for keeps its number, in whatever batches it goes")
    void leftOvers() {
        assertThat(numbers(hand(0, 10, 3))).containsExactlyElementsOf(range(1, 10));
        assertThat(numbers(hand(3, 5, 1))).containsExactlyElementsOf(range(4, 5));
        assertThat(numbers(hand(4, 12, 8))).containsExactlyElementsOf(range(5, 12));
        assertThat(numbers(hand(12, 13, 1))).containsExactly(13L);
    }

    @Test
    @DisplayName("RP38 an attempt in vain takes a number, and only that one")
    void refused() {
        hand(0, 10, 0);
        assertThat(numbers(hand(0, 2, 1))).containsExactly(2L, 3L);
        hand(1, 2, 0);

        assertThat(numbers(hand(1, 3, 2))).containsExactly(4L, 5L);
    }

    @Test
    @DisplayName("RX6 numbers of what is not sent after all go to what is sent instead")
    void elsewhere() {
        hand(0, 10, 3);
        assertThat(numbers(hand(15, 17, 2))).containsExactly(4L, 5L);
        hand(17, 20, 1);

        stamps.discard();

        assertThat(numbers(hand(0, 1, 1))).containsExactly(7L);
    }

    @Test
    @DisplayName("numbers that another job took meanwhile are not given twice")
    void sharedWriter() {
        hand(0, 3, 1);
        SequenceNumbers other = new SequenceNumbers(writer, ByteString.copyFromUtf8("out"));
        List<SequenceNumbers.Stamped> others = other.stamp(messages.subList(5, 6));
        assertThat(numbers(others)).containsExactly(4L);

        stamps.discard();

        assertThat(numbers(other.stamp(messages.subList(6, 7)))).containsExactly(5L);
    }

    private List<SequenceNumbers.Stamped> hand(int from, int to, int accepted) {
        List<SequenceNumbers.Stamped> batch = stamps.stamp(messages.subList(from, to));
        stamps.handedOver(batch, accepted);
        return batch;
    }

    private static List<Long> range(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }

    private static List<Long> numbers(List<SequenceNumbers.Stamped> batch) {
        return batch.stream()
                .map(stamped -> {
                    try {
                        return Message.parseFrom(stamped.frames().get(1)).getSeqId();
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                })
                .toList();
    }

    private static JobMessage message() {
        OutgoingMessage end = OutgoingMessage.endOfStream("out", "1.15.1");
        return new JobMessage(new OutgoingMessage(MessageKind.VIDEO_FRAME, end.sourceId(), end.envelope()), List.of());
    }
}
