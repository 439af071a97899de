package routes.replay.ingress;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.google.protobuf.ByteString;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import routes.component.framestore.api.FrameStore;
import routes.platform.MutableClock;
import routes.replay.SavantSamples;
import routes.replay.ingress.ReceivedMessage.Outcome;
import routes.replay.protocol.MessageKind;
import routes.replay.protocol.OutgoingMessage;
import routes.replay.protocol.ProtocolVersions;
import routes.replay.protocol.SequenceCounter;
import routes.replay.savant.Shutdown;
import routes.replay.savant.VideoFrameUpdate;
import routes.replay.socket.ReaderType;
import routes.replay.socket.TopicFilter;

import static org.assertj.core.api.Assertions.assertThat;
import static routes.replay.SavantSamples.END_OF_STREAM_VECTOR;
import static routes.replay.SavantSamples.FRAME_VECTOR;
import static routes.replay.SavantSamples.message1;

class IngressFilterTest {

    private static final int MAX_BYTES = 10_000;

    private static final ByteString FOREIGN = message1()
            .setProtocolVersion("1.14.9")
            .setVideoFrame(SavantSamples.frame1())
            .build()
            .toByteString();

    private final MutableClock clock = new MutableClock("2026-01-01T00:00:00.9Z");

    @Test
    @DisplayName("RP27 RP29 over router the end of a stream is answered, frames are not")
    void router() {
        IngressFilter filter = filter(ReaderType.ROUTER, TopicFilter.ALL);

        ReceivedMessage frame = receive(filter, "A", "cam-1", FRAME_VECTOR);
        ReceivedMessage end = receive(filter, "A", "cam-1", END_OF_STREAM_VECTOR);

        assertThat(frame.outcome()).isEqualTo(Outcome.DELIVERED);
        assertThat(frame.awaitsReply()).isFalse();
        assertThat(end.outcome()).isEqualTo(Outcome.DELIVERED);
        assertThat(end.awaitsReply()).isTrue();
        assertThat(end.message().orElseThrow().raw()).isEqualTo(END_OF_STREAM_VECTOR);
    }

    @Test
    @DisplayName("RP28 over rep everything is answered, whatever becomes of it")
    void rep() {
        IngressFilter filter = filter(ReaderType.REP, TopicFilter.prefix("cam-"));

        List<ReceivedMessage> verdicts = List.of(
                filter.receive(parts("cam-1", FRAME_VECTOR)),
                filter.receive(parts("cam-1", END_OF_STREAM_VECTOR)),
                filter.receive(parts("other", FRAME_VECTOR)),
                filter.receive(parts("cam-1", ByteString.copyFromUtf8("rubbish"))),
                filter.receive(List.of("cam-1".getBytes())),
                filter.receive(List.of()));

        assertThat(verdicts).allMatch(ReceivedMessage::awaitsReply);
        assertThat(verdicts)
                .extracting(ReceivedMessage::outcome)
                .containsExactly(
                        Outcome.DELIVERED,
                        Outcome.DELIVERED,
                        Outcome.TOPIC_FILTERED,
                        Outcome.UNDECODABLE,
                        Outcome.TOO_SHORT,
                        Outcome.TOO_SHORT);
    }

    @ParameterizedTest
    @EnumSource(ReaderType.class)
    @DisplayName("RP30 a wrong version silences its sender for 10 s")
    void blacklist(ReaderType type) {
        IngressFilter filter = filter(type, TopicFilter.ALL);
        BiFunction<String, ByteString, ReceivedMessage> receive =
                (topic, raw) -> filter.receive(type == ReaderType.ROUTER ? parts("A", topic, raw) : parts(topic, raw));
        ReceivedMessage mismatch = receive.apply("cam-1", FOREIGN);
        assertThat(mismatch.outcome()).isEqualTo(Outcome.VERSION_MISMATCH);
        assertThat(mismatch.detail()).contains("1.14.9");
        assertThat(mismatch.message()).isEmpty();

        assertThat(receive.apply("cam-1", FRAME_VECTOR).outcome()).isEqualTo(Outcome.BLACKLISTED);
        assertThat(receive.apply("cam-2", FRAME_VECTOR).outcome()).isEqualTo(Outcome.DELIVERED);
        clock.advance(Duration.ofSeconds(9));
        assertThat(receive.apply("cam-1", FRAME_VECTOR).outcome()).isEqualTo(Outcome.BLACKLISTED);
        clock.advance(Duration.ofSeconds(1));
        assertThat(receive.apply("cam-1", FRAME_VECTOR).outcome()).isEqualTo(Outcome.DELIVERED);
    }

    @Test
    @DisplayName("RP30 another connection with the same topic is still listened to")
    void blacklistOfOneConnection() {
        IngressFilter filter = filter(ReaderType.ROUTER, TopicFilter.ALL);
        receive(filter, "A", "cam-1", FOREIGN);

        assertThat(receive(filter, "B", "cam-1", FRAME_VECTOR).outcome()).isEqualTo(Outcome.DELIVERED);
    }

    @Test
    @DisplayName("RP30 of 1024 silenced senders the first is forgotten for another one")
    void blacklistIsBounded() {
        VersionBlacklist blacklist = new VersionBlacklist(clock);
        IntStream.range(0, 1024).forEach(i -> blacklist.add(sender("", "cam-" + i)));
        assertThat(blacklist.contains(sender("", "cam-0"))).isTrue();

        blacklist.add(sender("", "one more"));

        assertThat(blacklist.contains(sender("", "cam-0"))).as("used last").isTrue();
        assertThat(blacklist.contains(sender("", "cam-1"))).isFalse();
    }

    @Test
    @DisplayName("RP31 over rep a wrong version is answered")
    void repAnswersWrongVersion() {
        IngressFilter filter = filter(ReaderType.REP, TopicFilter.ALL);

        assertThat(filter.receive(parts("cam-1", FOREIGN)).awaitsReply()).isTrue();
        ReceivedMessage second = filter.receive(parts("cam-1", FOREIGN));
        assertThat(second.outcome()).isEqualTo(Outcome.BLACKLISTED);
        assertThat(second.awaitsReply()).isTrue();
    }

    @Test
    @DisplayName("RP30 the content of a wrong version need not be decodable")
    void futureVersion() {
        ByteString future = SavantSamples.hex("0a 03 33 2e 30 2a 02 ff ff");

        assertThat(receive(filter(ReaderType.ROUTER, TopicFilter.ALL), "A", "cam-1", future)
                        .outcome())
                .isEqualTo(Outcome.VERSION_MISMATCH);
    }

    @Test
    @DisplayName("RP22 RP23 undecodable messages and topics that are no text do not disturb the next one")
    void hostile() {
        IngressFilter filter = filter(ReaderType.ROUTER, TopicFilter.ALL);

        assertThat(receive(filter, "A", "cam-1", ByteString.copyFromUtf8("rubbish"))
                        .outcome())
                .isEqualTo(Outcome.UNDECODABLE);
        assertThat(filter.receive(List.of(
                                "A".getBytes(),
                                SavantSamples.hex("ff fe 00").toByteArray(),
                                FRAME_VECTOR.toByteArray()))
                        .outcome())
                .isEqualTo(Outcome.DELIVERED);
    }

    @Test
    @DisplayName("RP32 a source id is compared as a whole, a prefix is a prefix")
    void topicFilter() {
        TopicFilter exact = TopicFilter.source("cam-1");
        TopicFilter prefix = TopicFilter.prefix("cam-1");

        assertThat(List.of("cam-1", "cam-10", "cam-", ""))
                .extracting(topic -> exact.accepts(ByteString.copyFromUtf8(topic)))
                .containsExactly(true, false, false, false);
        assertThat(List.of("cam-1", "cam-10", "cam-", ""))
                .extracting(topic -> prefix.accepts(ByteString.copyFromUtf8(topic)))
                .containsExactly(true, true, false, false);
        assertThat(exact.subscription()).isEqualTo("cam-1");
        assertThat(TopicFilter.ALL.subscription()).isEmpty();
        assertThat(TopicFilter.ALL.accepts(SavantSamples.hex("ff"))).isTrue();
    }

    @Test
    @DisplayName("RP33 the end of a filtered topic's stream is answered but not delivered")
    void filteredEnd() {
        IngressFilter filter = filter(ReaderType.ROUTER, TopicFilter.source("cam-2"));

        ReceivedMessage end = receive(filter, "A", "cam-1", END_OF_STREAM_VECTOR);

        assertThat(end.outcome()).isEqualTo(Outcome.TOPIC_FILTERED);
        assertThat(end.awaitsReply()).isTrue();
        assertThat(end.message()).isEmpty();
        assertThat(receive(filter, "A", "cam-1", FRAME_VECTOR).awaitsReply()).isFalse();
    }

    @Test
    @DisplayName("RP34 RP35 connections A, B, A, B on one topic: accept, accept, reject, accept")
    void routingIds() {
        RoutingIdFilter filter = new RoutingIdFilter(2);

        assertThat(List.of("A", "a longer B", "A", "a longer B", "A"))
                .extracting(id -> filter.accepts(sender(id, "cam-1")))
                .containsExactly(true, true, false, true, false);
        assertThat(filter.accepts(sender("A", "cam-2"))).as("another topic").isTrue();
        assertThat(filter.accepts(new Sender(ByteString.copyFromUtf8("cam-1"), Optional.empty())))
                .isTrue();
    }

    @Test
    @DisplayName("RP34 the oldest expired connection is forgotten")
    void routingIdsAreBounded() {
        RoutingIdFilter filter = new RoutingIdFilter(2);
        List.of("A", "B", "C", "D").forEach(id -> filter.accepts(sender(id, "cam-1")));

        assertThat(filter.accepts(sender("C", "cam-1"))).isFalse();
        assertThat(filter.accepts(sender("A", "cam-1"))).as("forgotten").isTrue();
    }

    @Test
    @DisplayName("RP34 a late frame of an old connection is dropped")
    void expiredConnection() {
        IngressFilter filter = filter(ReaderType.ROUTER, TopicFilter.ALL);

        assertThat(List.of("A", "B", "A", "B"))
                .extracting(id -> receive(filter, id, "cam-1", FRAME_VECTOR).outcome())
                .containsExactly(Outcome.DELIVERED, Outcome.DELIVERED, Outcome.CONNECTION_EXPIRED, Outcome.DELIVERED);
    }

    @Test
    @DisplayName("RP36 numbers go 1, 2, 3; the end of a stream takes the next, then they start over")
    void counter() {
        SequenceCounter counter = new SequenceCounter();
        OutgoingMessage frame = OutgoingMessage.forwarding(SavantSamples.decoded(FRAME_VECTOR));
        OutgoingMessage end = OutgoingMessage.endOfStream("cam-1", "1.15.1");
        OutgoingMessage other = OutgoingMessage.endOfStream("cam-2", "1.15.1");
        OutgoingMessage shutdown = OutgoingMessage.forwarding(SavantSamples.decoded(
                message1().setShutdown(Shutdown.newBuilder()).build().toByteString()));

        assertThat(List.of(frame, frame, other, shutdown, shutdown, frame, end, frame))
                .extracting(counter::next)
                .containsExactly(1L, 2L, 1L, 1L, 2L, 3L, 4L, 1L);
    }

    @Test
    @DisplayName("RP36 of 512 counters the one not used for longest starts over")
    void counterIsBounded() {
        SequenceCounter counter = new SequenceCounter();
        List<OutgoingMessage> frames = IntStream.rangeClosed(0, 512)
                .mapToObj(i -> new OutgoingMessage(
                        MessageKind.VIDEO_FRAME,
                        Optional.of("cam-" + i),
                        routes.replay.savant.Envelope.getDefaultInstance()))
                .toList();
        frames.forEach(counter::next);

        assertThat(counter.next(frames.get(512))).isEqualTo(2);
        assertThat(counter.next(frames.get(0))).isEqualTo(1);
    }

    @Test
    @DisplayName("RP37 a gap is told, the message delivered; starting over is no gap")
    void gaps() {
        IngressFilter filter = filter(ReaderType.SUB, TopicFilter.ALL);
        List<String> details = new ArrayList<>();
        for (long number : new long[] {5, 6, 9, 9, 1, 2, 3, 5}) {
            ReceivedMessage verdict = filter.receive(parts(
                    "cam-1",
                    message1()
                            .setSeqId(number)
                            .setVideoFrame(SavantSamples.frame1())
                            .build()
                            .toByteString()));
            assertThat(verdict.outcome()).isEqualTo(Outcome.DELIVERED);
            assertThat(verdict.awaitsReply()).isFalse();
            details.add(verdict.detail());
        }

        assertThat(details)
                .containsExactly(
                        "", "", "messages missing before it: 2", "", "", "", "", "messages missing before it: 1");
    }

    @Test
    @DisplayName("RP37 the end of a stream starts the numbers over")
    void gapsAfterTheEnd() {
        SequenceChecker checker = new SequenceChecker();
        checker.missingBefore(SavantSamples.decoded(END_OF_STREAM_VECTOR));

        assertThat(checker.missingBefore(SavantSamples.decoded(message1()
                        .setSeqId(7)
                        .setVideoFrame(SavantSamples.frame1())
                        .build()
                        .toByteString())))
                .isEmpty();
    }

    @Test
    @DisplayName("RX17 a message that the store cannot take is dropped alone, and its sender answered like the others")
    void unstorable() {
        IngressFilter filter = filter(ReaderType.REP, TopicFilter.ALL);
        ByteString update = message1()
                .setVideoFrameUpdate(VideoFrameUpdate.newBuilder())
                .build()
                .toByteString();
        List<ReceivedMessage> received = filter.inspect(
                List.of(parts("cam-1", FRAME_VECTOR), parts("cam-1", update), parts("cam-1", END_OF_STREAM_VECTOR)));
        assertThat(filter.entries(received)).hasSize(2);

        List<ReceivedMessage> recorded = filter.recorded(received, List.of(FrameStore.NOT_STORED, 7L));

        assertThat(recorded)
                .extracting(ReceivedMessage::outcome)
                .containsExactly(Outcome.UNSTORABLE, Outcome.DELIVERED, Outcome.DELIVERED);
        assertThat(filter.replies(recorded).messages()).hasSize(3);
    }

    private IngressFilter filter(ReaderType type, TopicFilter topics) {
        return new IngressFilter(
                type,
                new ProtocolVersions(List.of("1.15.*"), "1.15.1", Map.of()),
                topics,
                new VersionBlacklist(clock),
                new RoutingIdFilter(512),
                MAX_BYTES,
                new IngressMetrics(new SimpleMeterRegistry(), clock));
    }

    /** From a router. */
    private static ReceivedMessage receive(IngressFilter filter, String routingId, String topic, ByteString raw) {
        return filter.receive(parts(routingId, topic, raw));
    }

    private static List<byte[]> parts(String topic, ByteString raw) {
        return List.of(topic.getBytes(), raw.toByteArray(), "picture".getBytes());
    }

    private static List<byte[]> parts(String routingId, String topic, ByteString raw) {
        return Stream.concat(Stream.of(routingId.getBytes()), parts(topic, raw).stream())
                .toList();
    }

    private static Sender sender(String routingId, String topic) {
        return new Sender(ByteString.copyFromUtf8(topic), Optional.of(ByteString.copyFromUtf8(routingId)));
    }
}
