package routes.replay.protocol;

import java.math.BigInteger;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

import com.google.protobuf.ByteString;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import routes.replay.SavantSamples;
import routes.replay.VariantSamples;
import routes.replay.savant.Attribute;
import routes.replay.savant.AttributeValue;
import routes.replay.savant.BoundingBoxAttributeValueVariant;
import routes.replay.savant.EndOfStream;
import routes.replay.savant.ExternalFrame;
import routes.replay.savant.InitialSize;
import routes.replay.savant.IntersectionAttributeValueVariant;
import routes.replay.savant.NoneFrame;
import routes.replay.savant.Padding;
import routes.replay.savant.PointAttributeValueVariant;
import routes.replay.savant.PolygonAttributeValueVariant;
import routes.replay.savant.Shutdown;
import routes.replay.savant.Unknown;
import routes.replay.savant.UserData;
import routes.replay.savant.VideoFrameUpdate;
import routes.replay.savant.generation1.Message;
import routes.replay.savant.generation1.ResultingSize;
import routes.replay.savant.generation1.Scale;
import routes.replay.savant.generation1.VideoFrame;
import routes.replay.savant.generation1.VideoFrameBatch;
import routes.replay.savant.generation1.VideoFrameTransformation;
import routes.replay.savant.generation2.Rational32;
import routes.replay.savant.generation2.VideoCodec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static routes.replay.SavantSamples.decoded;
import static routes.replay.SavantSamples.frame1;
import static routes.replay.SavantSamples.frame2;
import static routes.replay.SavantSamples.message;
import static routes.replay.SavantSamples.message1;
import static routes.replay.SavantSamples.object;

class MessageDecoderTest {

    private final MessageDecoder decoder = new MessageDecoder();

    @Test
    @DisplayName("RP39 the frame of the test vectors")
    void frameVector() throws Exception {
        SavantMessage frame = decoder.decode(SavantSamples.FRAME_VECTOR);

        assertThat(frame.kind()).isEqualTo(MessageKind.VIDEO_FRAME);
        assertThat(frame.generation()).isEqualTo(Generation.ONE);
        assertThat(frame.protocolVersion()).isEqualTo("1.15.1");
        assertThat(frame.systemId()).contains("s-1");
        assertThat(frame.seqId()).isEqualTo(1);
        assertThat(frame.sourceId()).contains("cam-1");
        assertThat(frame.isKeyframe()).isTrue();
        assertThat(frame.raw()).isSameAs(SavantSamples.FRAME_VECTOR);
        assertThat(frame.header())
                .contains(new FrameHeader(
                        "cam-1",
                        SavantSamples.ID,
                        BigInteger.valueOf(1_767_225_600_000_000_000L),
                        Optional.of(true),
                        "25/1",
                        Optional.of("h264"),
                        640,
                        360,
                        new TimeBase(1, 90_000),
                        3_600,
                        OptionalLong.of(3_600),
                        OptionalLong.of(3_600)));
        assertThat(message(frame1()))
                .as("encoded")
                .isEqualTo(SavantSamples.FRAME_VECTOR)
                .hasSize(120);
    }

    @Test
    @DisplayName("RP39 the end of stream of the test vectors")
    void endOfStreamVector() throws Exception {
        SavantMessage end = decoder.decode(SavantSamples.END_OF_STREAM_VECTOR);

        assertThat(end.kind()).isEqualTo(MessageKind.END_OF_STREAM);
        assertThat(end.sourceId()).contains("cam-1");
        assertThat(end.frame()).isEmpty();
        assertThat(SavantSamples.endOfStream("cam-1"))
                .as("encoded")
                .isEqualTo(SavantSamples.END_OF_STREAM_VECTOR)
                .hasSize(25);
    }

    static Stream<ByteString> kinds() {
        return Stream.of(
                        message1().setVideoFrame(frame1()),
                        message1().setUserData(UserData.newBuilder().setSourceId("cam-1")),
                        message1().setEndOfStream(EndOfStream.newBuilder().setSourceId("cam-1")),
                        message1()
                                .setVideoFrameBatch(VideoFrameBatch.newBuilder().putBatch(0, frame1().build())),
                        message1().setVideoFrameUpdate(VideoFrameUpdate.newBuilder()),
                        message1().setShutdown(Shutdown.newBuilder().setAuth("token")),
                        message1().setUnknown(Unknown.newBuilder().setMessage("?")))
                .map(builder -> builder.build().toByteString());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void everyKindIsTold(ByteString raw) throws Exception {
        SavantMessage message = decoder.decode(raw);

        assertThat(message.kind().name())
                .isEqualTo(Message.parseFrom(raw).getContentCase().name());
        assertThat(message.sourceId().isPresent()).isEqualTo(message.kind().ofOneSource());
    }

    @ParameterizedTest
    @EnumSource(value = AttributeValue.ValueCase.class, names = "VALUE_NOT_SET", mode = EnumSource.Mode.EXCLUDE)
    @DisplayName("RP40 every variant of an attribute's value is accepted and survives")
    void everyVariant(AttributeValue.ValueCase variant) throws Exception {
        Attribute attribute = VariantSamples.attribute(variant);

        SavantMessage decoded = decoder.decode(message(frame1().addAttributes(attribute)));

        assertThat(SavantSamples.attributes(decoded)).containsExactly(attribute);
        OutgoingMessage rewritten = VariantSamples.rewriter().rewrite(decoded).orElseThrow();
        assertThat(SavantSamples.attributes(decoder.decode(rewritten.stamped("s", 1))))
                .containsExactly(attribute);
    }

    @Test
    @DisplayName("RP40 there are eighteen variants")
    void eighteen() {
        Set<Integer> numbers = new HashSet<>();
        AttributeValue.getDescriptor().getOneofs().get(0).getFields().forEach(field -> numbers.add(field.getNumber()));

        assertThat(numbers).hasSize(18).contains(2, 19);
    }

    @Test
    @DisplayName("RP41 a tree of objects survives; a parent that is not there is refused")
    void parents() throws Exception {
        SavantMessage tree = decoder.decode(
                message(frame1().addObjects(object(2).setParentId(1)).addObjects(object(1))));

        assertThat(((VideoFrame) tree.frame().orElseThrow().message()).getObjectsList())
                .containsExactly(object(2).setParentId(1).build(), object(1).build());
        assertThatThrownBy(() ->
                        decoder.decode(message(frame1().addObjects(object(2).setParentId(1)))))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessage("object 2 has parent 1, which is not in the frame");
        assertThatThrownBy(() ->
                        decoder.decode(message(frame2().addObjects(object(2).setParentId(1)))))
                .isInstanceOf(MalformedMessageException.class);
    }

    static Stream<VideoFrame.Builder> contents() {
        return Stream.of(
                frame1().setInternal(ByteString.copyFromUtf8("picture")),
                frame1().setInternal(ByteString.EMPTY),
                frame1().setExternal(
                                ExternalFrame.newBuilder().setMethod("redis").setLocation("redis://host:6379/1")),
                frame1().setNone(NoneFrame.getDefaultInstance()));
    }

    @ParameterizedTest
    @MethodSource("contents")
    @DisplayName("RP43 internal, external and no content survive a job")
    void contents(VideoFrame.Builder frame) {
        assertThat(throughAJob(frame)).isEqualTo(frame.build());
    }

    @Test
    @DisplayName("RP44 all four transformations survive a job")
    void transformations() {
        VideoFrame.Builder frame = frame1().addTransformations(VideoFrameTransformation.newBuilder()
                        .setInitialSize(InitialSize.newBuilder().setWidth(-1).setHeight(2)))
                .addTransformations(VideoFrameTransformation.newBuilder()
                        .setScale(Scale.newBuilder().setWidth(3).setHeight(4)))
                .addTransformations(VideoFrameTransformation.newBuilder()
                        .setPadding(Padding.newBuilder().setPaddingLeft(5).setPaddingBottom(6)))
                .addTransformations(VideoFrameTransformation.newBuilder()
                        .setResultingSize(ResultingSize.newBuilder().setWidth(7).setHeight(8)));

        assertThat(throughAJob(frame)).isEqualTo(frame.build());
    }

    @Test
    @DisplayName("RP45 a creation timestamp of 128 bits is read whole, and survives a job")
    void hugeCreationTimestamp() {
        VideoFrame.Builder frame = frame1().setCreationTimestampNsHigh(-1).setCreationTimestampNsLow(-2);

        assertThat(decoded(message(frame)).header().orElseThrow().creationTimestampNs())
                .isEqualTo(BigInteger.ONE.shiftLeft(128).subtract(BigInteger.TWO));
        assertThat(throughAJob(frame)).isEqualTo(frame.build());
    }

    @Test
    @DisplayName("RP46 an absent keyframe mark is not a false one, an absent dts is not zero")
    void presence() {
        FrameHeader absent =
                decoded(message(frame1().clearKeyframe().clearDts())).header().orElseThrow();
        FrameHeader zero =
                decoded(message(frame1().setKeyframe(false).setDts(0))).header().orElseThrow();

        assertThat(absent.keyframe()).isEmpty();
        assertThat(absent.isKeyframe()).isFalse();
        assertThat(absent.bestTimestamp()).isEqualTo(3_600);
        assertThat(zero.keyframe()).contains(false);
        assertThat(zero.bestTimestamp()).isZero();
        assertThat(throughAJob(frame1().clearKeyframe().clearDts()).hasDts()).isFalse();
        assertThat(throughAJob(frame1().setKeyframe(false)).hasKeyframe()).isTrue();
    }

    @Test
    @DisplayName("RP47 a message without a system id is accepted")
    void noSystemId() {
        ByteString raw =
                message1().clearSystemId().setVideoFrame(frame1()).build().toByteString();

        assertThat(decoded(raw).systemId()).isEmpty();
    }

    @Test
    @DisplayName("RP48 fields of later releases survive a job, in the envelope, the frame and its objects")
    void unknownFields() throws Exception {
        VideoFrame.Builder frame = frame1().setUnknownFields(SavantSamples.unknownField())
                .addObjects(object(1)
                        .setUnknownFields(SavantSamples.unknownField())
                        .addAttributes(
                                SavantSamples.attribute("a", "hidden", "x").setIsHidden(true)));
        Message message = message1()
                .setVideoFrame(frame)
                .setUnknownFields(SavantSamples.unknownField())
                .build();

        Message sent = Message.parseFrom(VariantSamples.rewriter()
                .rewrite(decoder.decode(message.toByteString()))
                .orElseThrow()
                .stamped("s-1", 1));

        assertThat(sent).isEqualTo(message);
    }

    @Test
    @DisplayName("RP49 the version decides that a frame is of generation 2")
    void generation2() throws Exception {
        SavantMessage frame = decoder.decode(message(frame2().setKeyframe(true)));

        assertThat(frame.generation()).isEqualTo(Generation.TWO);
        assertThat(frame.header())
                .contains(new FrameHeader(
                        "cam-2",
                        SavantSamples.ID,
                        BigInteger.valueOf(1_767_225_600_000_000_000L),
                        Optional.of(true),
                        "25/1",
                        Optional.of("hevc"),
                        640,
                        360,
                        new TimeBase(1, 90_000),
                        3_600,
                        OptionalLong.empty(),
                        OptionalLong.empty()));
    }

    @Test
    @DisplayName("RP49 generation 2 reads a missing or senseless rate and time base as 30/1 and 1/1000000")
    void generation2Defaults() {
        var senseless = Rational32.newBuilder().setNumerator(-1).setDenominator(0);
        for (var frame : new routes.replay.savant.generation2.VideoFrame.Builder[] {
            frame2().clearFps().clearTimeBase(), frame2().setFps(senseless).setTimeBase(senseless)
        }) {
            FrameHeader header = decoded(message(frame)).header().orElseThrow();
            assertThat(header.framerate()).isEqualTo("30/1");
            assertThat(header.timeBase()).isEqualTo(new TimeBase(1, 1_000_000));
        }
    }

    @Test
    @DisplayName("RP49 codecs of generation 2 have the names of generation 1; a later one is unknown")
    void generation2Codecs() {
        assertThat(codec(frame2().setVideoCodec(VideoCodec.RAW_RGBA))).contains("raw-rgba");
        assertThat(codec(frame2().setVideoCodec(VideoCodec.RAW_RGB))).contains("raw-rgb24");
        assertThat(codec(frame2().setVideoCodec(VideoCodec.RAW_NV12))).contains("raw-nv12");
        assertThat(codec(frame2().setVideoCodecValue(99))).isEmpty();
        assertThat(codec(frame2().clearVideoCodec())).isEmpty();
    }

    static Stream<ByteString> incomplete() {
        return Stream.of(
                message1().build().toByteString(),
                message(frame1().setUuid("no-uuid")),
                message(frame1().clearUuid()),
                message(frame1().clearContent()),
                message(frame2().clearContent()),
                message(frame1().addTransformations(VideoFrameTransformation.newBuilder())),
                message(frame1().addObjects(object(1).clearDetectionBox())),
                message(frame1().addAttributes(incomplete(AttributeValue.newBuilder()))),
                message(frame1().addAttributes(incomplete(
                        AttributeValue.newBuilder().setBoundingBox(BoundingBoxAttributeValueVariant.newBuilder())))),
                message(frame1().addAttributes(incomplete(
                        AttributeValue.newBuilder().setPoint(PointAttributeValueVariant.newBuilder())))),
                message(frame1().addAttributes(incomplete(
                        AttributeValue.newBuilder().setPolygon(PolygonAttributeValueVariant.newBuilder())))),
                message(frame1().addObjects(object(1)
                        .addAttributes(incomplete(AttributeValue.newBuilder()
                                .setIntersection(IntersectionAttributeValueVariant.newBuilder()))))),
                message1()
                        .setUserData(UserData.newBuilder().addAttributes(incomplete(AttributeValue.newBuilder())))
                        .build()
                        .toByteString(),
                message1()
                        .setVideoFrameBatch(VideoFrameBatch.newBuilder()
                                .putBatch(0, frame1().clearUuid().build()))
                        .build()
                        .toByteString(),
                message1()
                        .setProtocolVersion("3.0.0")
                        .setVideoFrame(frame1())
                        .build()
                        .toByteString(),
                message1()
                        .clearProtocolVersion()
                        .setVideoFrame(frame1())
                        .build()
                        .toByteString());
    }

    @ParameterizedTest
    @MethodSource("incomplete")
    void whatAMessageMustHave(ByteString raw) {
        assertThatThrownBy(() -> decoder.decode(raw))
                .isInstanceOf(MalformedMessageException.class)
                .message()
                .isNotBlank();
    }

    @Test
    @DisplayName("absurd numbers do not stand in the way of storing a frame")
    void absurdNumbers() {
        FrameHeader header = decoded(message(frame1().setTimeBaseDenominator(0)
                        .setTimeBaseNumerator(Integer.MIN_VALUE)
                        .setWidth(-1)
                        .setHeight(Long.MIN_VALUE)
                        .setPts(Long.MIN_VALUE)
                        .setDts(Long.MAX_VALUE)))
                .header()
                .orElseThrow();

        assertThat(header.timeBase().isUsable()).isFalse();
        assertThat(header.width()).isEqualTo(-1);
    }

    @Property(tries = 3_000)
    void anyBytesAreDecodedOrRefused(@ForAll byte[] bytes) {
        decodeOrRefuse(ByteString.copyFrom(bytes));
    }

    @Property(tries = 3_000)
    void aDamagedFrameIsDecodedOrRefused(
            @ForAll @IntRange(max = 119) int at, @ForAll byte damage, @ForAll @IntRange(max = 119) int length) {
        byte[] bytes = SavantSamples.FRAME_VECTOR.toByteArray();
        bytes[at] = damage;
        decodeOrRefuse(ByteString.copyFrom(bytes));
        decodeOrRefuse(ByteString.copyFrom(bytes, 0, length));
    }

    /** Anything but an exception that says why fails the test. */
    private void decodeOrRefuse(ByteString bytes) {
        try {
            assertThat(decoder.decode(bytes).raw()).isEqualTo(bytes);
        } catch (MalformedMessageException e) {
            assertThat(e).message().isNotBlank();
        }
    }

    private static Attribute incomplete(AttributeValue.Builder value) {
        return Attribute.newBuilder()
                .setNamespace("a")
                .setName("b")
                .addValues(value)
                .build();
    }

    private static Optional<String> codec(routes.replay.savant.generation2.VideoFrame.Builder frame) {
        return decoded(message(frame)).header().orElseThrow().codec();
    }

    /** Sends a frame through a job that changes nothing. */
    private static VideoFrame throughAJob(VideoFrame.Builder frame) {
        try {
            OutgoingMessage sent =
                    VariantSamples.rewriter().rewrite(decoded(message(frame))).orElseThrow();
            return Message.parseFrom(sent.stamped("s-1", 1)).getVideoFrame();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
