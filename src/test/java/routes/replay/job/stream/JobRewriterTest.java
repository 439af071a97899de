package routes.replay.job.stream;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.google.protobuf.ByteString;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import routes.replay.SavantSamples;
import routes.replay.job.AttributeCollision;
import routes.replay.job.RoutingLabels;
import routes.replay.protocol.Generation;
import routes.replay.protocol.OutgoingMessage;
import routes.replay.protocol.ProtocolVersions;
import routes.replay.protocol.SavantMessage;
import routes.replay.savant.Attribute;
import routes.replay.savant.UserData;
import routes.replay.savant.generation1.Message;
import routes.replay.savant.generation1.VideoFrame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static routes.replay.SavantSamples.attribute;
import static routes.replay.SavantSamples.decoded;
import static routes.replay.SavantSamples.frame1;
import static routes.replay.SavantSamples.frame2;
import static routes.replay.SavantSamples.message;
import static routes.replay.SavantSamples.message1;
import static routes.replay.SavantSamples.object;

class JobRewriterTest {

    private static final ProtocolVersions VERSIONS =
            new ProtocolVersions(List.of("*"), "1.15.1", Map.of(Generation.TWO, "2.1.4"));
    private static final Map<String, String> TRACE = Map.of("traceparent", "00-0af7-b7ad-01");

    @Test
    @DisplayName("RP73 only source id, version and stamp of a frame change")
    void frame() throws Exception {
        VideoFrame.Builder stored = frame1().addObjects(object(1)).setPreviousKeyframe("x");
        ByteString raw = message1()
                .setProtocolVersion("1.14.0")
                .addRoutingLabels("stored")
                .putAllPropagatedContext(TRACE)
                .setVideoFrame(stored)
                .build()
                .toByteString();

        OutgoingMessage sent = rewrite(raw, RoutingLabels.BYPASS, List.of(), AttributeCollision.ERROR);

        assertThat(sent.sourceId()).as("the topic").contains("event-7");
        assertThat(Message.parseFrom(sent.stamped("writer", 5)))
                .isEqualTo(message1()
                        .setSystemId("writer")
                        .setSeqId(5)
                        .addRoutingLabels("stored")
                        .putAllPropagatedContext(TRACE)
                        .setVideoFrame(stored.setSourceId("event-7"))
                        .build());
    }

    @Test
    @DisplayName("RP73 a frame of generation 2 stays one")
    void generation2() throws Exception {
        OutgoingMessage sent = rewrite(
                message(frame2().setUnknownFields(SavantSamples.unknownField())),
                RoutingLabels.BYPASS,
                List.of(attribute("job", "id", "7").build()),
                AttributeCollision.ERROR);

        assertThat(routes.replay.savant.generation2.Message.parseFrom(sent.stamped("s-2", 1)))
                .isEqualTo(SavantSamples.message2()
                        .setVideoFrame(frame2().setSourceId("event-7")
                                .addAttributes(attribute("job", "id", "7"))
                                .setUnknownFields(SavantSamples.unknownField()))
                        .build());
    }

    @Test
    @DisplayName("RX16 a frame of generation 1 goes out in generation 2, in a version of it, as do all ends of streams")
    void translated() throws Exception {
        JobRewriter rewriter =
                translating(Generation.TWO, List.of(attribute("job", "id", "7").build()));
        OutgoingMessage sent = rewriter.rewrite(
                        decoded(message(frame1().addObjects(object(1)).setInternal(ByteString.copyFromUtf8("x")))))
                .orElseThrow();
        OutgoingMessage end =
                rewriter.rewrite(decoded(SavantSamples.endOfStream("cam-1"))).orElseThrow();

        var message = routes.replay.savant.generation2.Message.parseFrom(sent.stamped("writer", 5));
        assertThat(message.getProtocolVersion()).isEqualTo("2.1.4");
        assertThat(message.getVideoFrame())
                .isEqualTo(frame2().setSourceId("event-7")
                        .setVideoCodec(routes.replay.savant.generation2.VideoCodec.H264)
                        .setKeyframe(true)
                        .setDts(3_600)
                        .setDuration(3_600)
                        .addObjects(object(1))
                        .addAttributes(attribute("job", "id", "7"))
                        .setInternal(ByteString.copyFromUtf8("x"))
                        .build());
        assertThat(decoded(sent.stamped("writer", 5)).generation()).isEqualTo(Generation.TWO);
        assertThat(end.envelope().getProtocolVersion()).isEqualTo("2.1.4");
        assertThat(rewriter.finalEndOfStream().envelope().getProtocolVersion()).isEqualTo("2.1.4");
    }

    @Test
    @DisplayName("RX16 to generation 1 announces the version of the receivers, whatever was recorded in")
    void translatedBack() throws Exception {
        JobRewriter rewriter = translating(Generation.ONE, List.of());
        ByteString older = message1()
                .setProtocolVersion("1.14.0")
                .setVideoFrame(frame1())
                .build()
                .toByteString();

        SavantMessage sent = decoded(
                rewriter.rewrite(decoded(message(frame2()))).orElseThrow().stamped("writer", 5));
        assertThat(sent.protocolVersion()).isEqualTo("1.15.1");
        assertThat(sent.header().orElseThrow().codec()).contains("hevc");
        assertThat(sent.header().orElseThrow().sourceId()).isEqualTo("event-7");
        assertThat(rewriter.rewrite(decoded(older)).orElseThrow().envelope().getProtocolVersion())
                .isEqualTo("1.15.1");
    }

    private static JobRewriter translating(Generation generation, List<Attribute> added) {
        return new JobRewriter(
                "event-7",
                RoutingLabels.BYPASS,
                new FrameAttributes(added, AttributeCollision.ERROR),
                VERSIONS,
                Optional.of(VERSIONS.translationTo(generation)));
    }

    @Test
    @DisplayName("RP74 a stored end of stream gets the resulting id, with labels and trace context")
    void endOfStream() throws Exception {
        ByteString raw = message1()
                .addRoutingLabels("stored")
                .putAllPropagatedContext(TRACE)
                .setEndOfStream(routes.replay.savant.EndOfStream.newBuilder().setSourceId("cam-1"))
                .build()
                .toByteString();

        OutgoingMessage sent = rewrite(
                raw,
                new RoutingLabels(RoutingLabels.Mode.APPEND, List.of("added")),
                List.of(attribute("a", "b", "c").build()),
                AttributeCollision.ERROR);

        Message message = Message.parseFrom(sent.stamped("writer", 2));
        assertThat(message.getEndOfStream().getSourceId()).isEqualTo("event-7");
        assertThat(message.getRoutingLabelsList()).containsExactly("stored", "added");
        assertThat(message.getPropagatedContextMap()).isEqualTo(TRACE);
    }

    @Test
    @DisplayName("RP76 user data is nothing that a job sends")
    void userData() throws Exception {
        ByteString raw = message1()
                .setUserData(UserData.newBuilder().setSourceId("cam-1"))
                .build()
                .toByteString();

        assertThat(rewriter(RoutingLabels.BYPASS, List.of(), AttributeCollision.ERROR)
                        .rewrite(decoded(raw)))
                .isEmpty();
    }

    @Test
    @DisplayName("RP77 the final end of stream has the resulting id, and neither labels nor trace context")
    void finalEndOfStream() {
        OutgoingMessage end = new JobRewriter(
                        "cam-1",
                        new RoutingLabels(RoutingLabels.Mode.REPLACE, List.of("x")),
                        new FrameAttributes(List.of(), AttributeCollision.ERROR),
                        new ProtocolVersions(List.of(), "1.15.1", Map.of()),
                        Optional.empty())
                .finalEndOfStream();

        assertThat(end.stamped("s-1", 1)).isEqualTo(SavantSamples.END_OF_STREAM_VECTOR);
    }

    @Test
    @DisplayName("RP78 labels: bypass keeps the stored ones, replace sets, append adds")
    void labels() {
        List<String> stored = List.of("a", "b");
        List<String> given = List.of("b", "c");

        assertThat(RoutingLabels.BYPASS.appliedTo(stored)).containsExactly("a", "b");
        assertThat(new RoutingLabels(RoutingLabels.Mode.REPLACE, given).appliedTo(stored))
                .containsExactly("b", "c");
        assertThat(new RoutingLabels(RoutingLabels.Mode.APPEND, given).appliedTo(stored))
                .containsExactly("a", "b", "b", "c");
    }

    @Test
    @DisplayName("RP79 attributes are added to each frame; a collision fails the job")
    void attributes() throws Exception {
        ByteString raw = message(frame1().addAttributes(attribute("a", "b", "stored")));
        List<Attribute> other = List.of(attribute("a", "c", "new").build());
        List<Attribute> same = List.of(attribute("a", "b", "new").build());

        assertThat(sentAttributes(raw, other, AttributeCollision.ERROR))
                .containsExactly(attribute("a", "b", "stored").build(), other.get(0));
        assertThatThrownBy(() -> sentAttributes(raw, same, AttributeCollision.ERROR))
                .isInstanceOf(AttributeCollisionException.class)
                .hasMessage("attribute a.b is there already");
        assertThatThrownBy(() -> sentAttributes(raw, List.of(other.get(0), other.get(0)), AttributeCollision.ERROR))
                .isInstanceOf(AttributeCollisionException.class);
        assertThat(sentAttributes(raw, same, AttributeCollision.REPLACE)).isEqualTo(same);
        assertThat(sentAttributes(raw, same, AttributeCollision.KEEP))
                .containsExactly(attribute("a", "b", "stored").build());
    }

    @Test
    @DisplayName("RP42 attributes that are not persistent do not reach the wire")
    void notPersistent() throws Exception {
        Attribute transientOne = attribute("a", "t", "x").setIsPersistent(false).build();
        ByteString raw = message(frame1().addAttributes(transientOne));

        assertThat(sentAttributes(raw, List.of(), AttributeCollision.ERROR)).isEmpty();
        assertThat(sentAttributes(
                        raw,
                        List.of(attribute("a", "u", "x").setIsPersistent(false).build()),
                        AttributeCollision.ERROR))
                .isEmpty();
    }

    @Test
    @DisplayName("RP48 hidden attributes survive")
    void hidden() throws Exception {
        Attribute hidden = attribute("a", "h", "x").setIsHidden(true).build();

        assertThat(sentAttributes(message(frame1().addAttributes(hidden)), List.of(), AttributeCollision.ERROR))
                .containsExactly(hidden);
    }

    @Test
    @DisplayName("RP24 forwarding changes only the stamp")
    void forwarding() {
        ByteString raw = message1()
                .setProtocolVersion("1.14.0")
                .addRoutingLabels("label")
                .putAllPropagatedContext(TRACE)
                .setVideoFrame(frame1())
                .build()
                .toByteString();

        OutgoingMessage forwarded = OutgoingMessage.forwarding(decoded(raw));

        assertThat(forwarded.stamped("s-1", 1)).isEqualTo(raw);
        SavantMessage sent = decoded(forwarded.stamped("writer", 9));
        assertThat(sent.systemId()).contains("writer");
        assertThat(sent.seqId()).isEqualTo(9);
        assertThat(sent.envelope().getVideoFrame())
                .isEqualTo(decoded(raw).envelope().getVideoFrame());
    }

    private static List<Attribute> sentAttributes(ByteString raw, List<Attribute> added, AttributeCollision collision)
            throws Exception {
        return SavantSamples.attributes(
                decoded(rewrite(raw, RoutingLabels.BYPASS, added, collision).stamped("writer", 1)));
    }

    private static OutgoingMessage rewrite(
            ByteString raw, RoutingLabels labels, List<Attribute> added, AttributeCollision collision)
            throws Exception {
        return rewriter(labels, added, collision).rewrite(decoded(raw)).orElseThrow();
    }

    private static JobRewriter rewriter(RoutingLabels labels, List<Attribute> added, AttributeCollision collision) {
        return new JobRewriter("event-7", labels, new FrameAttributes(added, collision), VERSIONS, Optional.empty());
    }
}
