package routes.replay.protocol;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import routes.replay.SavantSamples;
import routes.replay.VariantSamples;
import routes.replay.savant.AttributeValue.ValueCase;
import routes.replay.savant.BoundingBox;
import routes.replay.savant.ExternalFrame;
import routes.replay.savant.InitialSize;
import routes.replay.savant.NoneFrame;
import routes.replay.savant.Padding;
import routes.replay.savant.VideoFrameTranscodingMethod;
import routes.replay.savant.generation1.ResultingSize;
import routes.replay.savant.generation1.Scale;
import routes.replay.savant.generation2.Crop;
import routes.replay.savant.generation2.LetterBox;
import routes.replay.savant.generation2.MiscTrackData;
import routes.replay.savant.generation2.NanosecondsU128;
import routes.replay.savant.generation2.Rational32;
import routes.replay.savant.generation2.VideoCodec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** Field by field, with the fields that the specification (7.4, 7.9) lists for each generation. */
class GenerationTranslatorTest {

    private static final String PREVIOUS = "019b76da-a800-7000-8000-000000000000";

    private final GenerationTranslator translator = new GenerationTranslator(Generation.TWO, "2.1.0");

    private interface First extends Consumer<routes.replay.savant.generation1.VideoFrame.Builder> {}

    private interface Second extends Consumer<routes.replay.savant.generation2.VideoFrame.Builder> {}

    /** Each row: what is set in a frame of generation 1, and what is in the same frame of generation 2. */
    static Stream<Arguments> counterparts() {
        return Stream.of(
                row("previous_frame_seq_id", f -> f.setPreviousFrameSeqId(7), s -> s.setPreviousFrameSeqId(7)),
                row("previous_frame_seq_id", f -> f.setPreviousFrameSeqId(0), s -> s.setPreviousFrameSeqId(0)),
                row("source_id", f -> f.setSourceId("cam-é"), s -> s.setSourceId("cam-é")),
                row("uuid", f -> f.setUuid(PREVIOUS), s -> s.setUuid(PREVIOUS)),
                row(
                        "creation_timestamp_ns",
                        f -> f.setCreationTimestampNsHigh(-1).setCreationTimestampNsLow(-2),
                        s -> s.setCreationTimestampNs(
                                NanosecondsU128.newBuilder().setHigh(-1).setLow(-2))),
                row("framerate", f -> f.setFramerate("30000/1001"), s -> s.setFps(rational(30_000, 1_001))),
                row("width", f -> f.setWidth(1920), s -> s.setWidth(1920)),
                row("height", f -> f.setHeight(1080), s -> s.setHeight(1080)),
                row(
                        "transcoding_method",
                        f -> f.setTranscodingMethod(VideoFrameTranscodingMethod.ENCODED),
                        s -> s.setTranscodingMethod(VideoFrameTranscodingMethod.ENCODED)),
                row("transcoding_method", f -> f.setTranscodingMethodValue(9), s -> s.setTranscodingMethodValue(9)),
                row("codec", f -> f.setCodec("h264"), s -> s.setVideoCodec(VideoCodec.H264)),
                row("codec", f -> f.clearCodec(), s -> s.clearVideoCodec()),
                row("keyframe", f -> f.setKeyframe(true), s -> s.setKeyframe(true)),
                row("keyframe", f -> f.setKeyframe(false), s -> s.setKeyframe(false)),
                row("keyframe", f -> f.clearKeyframe(), s -> s.clearKeyframe()),
                row(
                        "time_base",
                        f -> f.setTimeBaseNumerator(3).setTimeBaseDenominator(90_000),
                        s -> s.setTimeBase(rational(3, 90_000))),
                row("pts", f -> f.setPts(Long.MAX_VALUE), s -> s.setPts(Long.MAX_VALUE)),
                row("dts", f -> f.setDts(0), s -> s.setDts(0)),
                row("dts", f -> f.clearDts(), s -> s.clearDts()),
                row("duration", f -> f.setDuration(40), s -> s.setDuration(40)),
                row(
                        "internal",
                        f -> f.setInternal(ByteString.copyFromUtf8("picture")),
                        s -> s.setInternal(ByteString.copyFromUtf8("picture"))),
                row(
                        "external",
                        f -> f.setExternal(ExternalFrame.newBuilder()
                                .setMethod("redis")
                                .setLocation("key")
                                .setUnknownFields(SavantSamples.unknownField())),
                        s -> s.setExternal(ExternalFrame.newBuilder()
                                .setMethod("redis")
                                .setLocation("key")
                                .setUnknownFields(SavantSamples.unknownField()))),
                row(
                        "none",
                        f -> f.setNone(NoneFrame.getDefaultInstance()),
                        s -> s.setNone(NoneFrame.getDefaultInstance())),
                row(
                        "transformations",
                        f -> f.addTransformations(first().setInitialSize(size()))
                                .addTransformations(first().setScale(
                                                Scale.newBuilder().setWidth(320).setHeight(180)))
                                .addTransformations(first().setPadding(padding(1, 2, 3, 4))),
                        s -> s.addTransformations(second().setInitialSize(size()))
                                .addTransformations(second().setLetterBox(LetterBox.newBuilder()
                                        .setOuterWidth(320)
                                        .setOuterHeight(180)))
                                .addTransformations(second().setPadding(padding(1, 2, 3, 4)))),
                row("attributes", f -> everyVariant(f::addAttributes), s -> everyVariant(s::addAttributes)),
                row("objects", f -> tree(f::addObjects), s -> tree(s::addObjects)),
                row("previous_keyframe", f -> f.setPreviousKeyframe(PREVIOUS), s -> s.setPreviousKeyframe(PREVIOUS)));
    }

    private static Arguments row(String field, First first, Second second) {
        return arguments(field, first, second);
    }

    @ParameterizedTest(name = "RX16 {0}")
    @MethodSource("counterparts")
    @DisplayName("RX16 every field with a counterpart is translated there and back")
    void counterparts(String field, First first, Second second) {
        var one = SavantSamples.frame1();
        first.accept(one);
        var two = SavantSamples.frame2()
                .setSourceId("cam-1")
                .setVideoCodec(VideoCodec.H264)
                .setKeyframe(true)
                .setDts(3_600)
                .setDuration(3_600);
        second.accept(two);

        assertThat(translator.toGeneration2(one.build())).isEqualTo(two.build());
        assertThat(translator.toGeneration1(two.build())).isEqualTo(one.build());
    }

    @Test
    @DisplayName("RX16 the table above has every field of both generations but the tracks")
    void complete() {
        List<String> untold = List.of("misc_tracks");
        Map<String, String> rows = Map.of(
                "creation_timestamp_ns_high", "creation_timestamp_ns",
                "creation_timestamp_ns_low", "creation_timestamp_ns",
                "time_base_numerator", "time_base",
                "time_base_denominator", "time_base",
                "fps", "framerate",
                "video_codec", "codec");
        List<String> table = counterparts().map(row -> (String) row.get()[0]).toList();

        assertThat(Stream.of(
                                routes.replay.savant.generation1.VideoFrame.getDescriptor(),
                                routes.replay.savant.generation2.VideoFrame.getDescriptor())
                        .flatMap(frame -> frame.getFields().stream())
                        .map(FieldDescriptor::getName)
                        .map(name -> rows.getOrDefault(name, name))
                        .filter(name -> !untold.contains(name)))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(table).contains(name));
    }

    @ParameterizedTest
    @CsvSource({
        "h264, H264",
        "hevc, HEVC",
        "vp8, VP8",
        "vp9, VP9",
        "jpeg, JPEG",
        "png, PNG",
        "raw-rgba, RAW_RGBA",
        "raw-rgb24, RAW_RGB",
        "swjpeg, SWJPEG",
        "av1, AV1",
        "raw-nv12, RAW_NV12"
    })
    @DisplayName("RX16 every codec there and back")
    void codecs(String first, VideoCodec second) {
        assertThat(translator
                        .toGeneration2(SavantSamples.frame1().setCodec(first).build())
                        .getVideoCodec())
                .isEqualTo(second);
        assertThat(translator
                        .toGeneration1(
                                SavantSamples.frame2().setVideoCodec(second).build())
                        .getCodec())
                .isEqualTo(first);
    }

    @Test
    @DisplayName("RX16 a codec without a number is left out, as is one of a later release")
    void unknownCodecs() {
        assertThat(translator
                        .toGeneration2(SavantSamples.frame1().setCodec("theora").build())
                        .getVideoCodec())
                .isEqualTo(VideoCodec.VIDEO_CODEC_UNSPECIFIED);
        assertThat(translator
                        .toGeneration1(
                                SavantSamples.frame2().setVideoCodecValue(99).build())
                        .hasCodec())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"25", "''", "a/b", "25/1/1", "-25/1", "99999999999/1"})
    @DisplayName("RX16 a framerate that is no fraction is left out, and reads as 30/1")
    void brokenFramerate(String framerate) {
        assertThat(translator
                        .toGeneration2(
                                SavantSamples.frame1().setFramerate(framerate).build())
                        .hasFps())
                .isFalse();
    }

    @Test
    @DisplayName("RX16 what generation 2 may leave out is said as it reads: 30/1 and microseconds")
    void defaults() {
        var frame = translator.toGeneration1(
                SavantSamples.frame2().clearFps().clearTimeBase().build());

        assertThat(frame.getFramerate()).isEqualTo("30/1");
        assertThat(frame.getTimeBaseNumerator()).isEqualTo(1);
        assertThat(frame.getTimeBaseDenominator()).isEqualTo(1_000_000);
    }

    @Test
    @DisplayName("RX16 tracks and unknown fields of the frame have no counterpart; those of its parts survive")
    void leftOut() {
        var object = SavantSamples.object(1).setUnknownFields(SavantSamples.unknownField());
        var second = SavantSamples.frame2()
                .setUnknownFields(SavantSamples.unknownField())
                .addObjects(object)
                .addMiscTracks(MiscTrackData.newBuilder().setObjectId(1))
                .build();
        var first = SavantSamples.frame1()
                .setUnknownFields(SavantSamples.unknownField())
                .addObjects(object)
                .build();

        assertThat(unknownFields(translator.toGeneration1(second))).isZero();
        assertThat(translator.toGeneration1(second).getObjectsList()).containsExactly(object.build());
        assertThat(unknownFields(translator.toGeneration2(first))).isZero();
        assertThat(translator.toGeneration2(first).getObjectsList()).containsExactly(object.build());
    }

    private static int unknownFields(Message frame) {
        return frame.getUnknownFields().asMap().size();
    }

    @Test
    @DisplayName("RX16 a resulting size follows from the other steps and is left out")
    void resultingSize() {
        var frame = SavantSamples.frame1()
                .addTransformations(first().setInitialSize(size()))
                .addTransformations(
                        first().setResultingSize(ResultingSize.newBuilder().setWidth(1)))
                .build();

        assertThat(translator.toGeneration2(frame).getTransformationsList())
                .containsExactly(second().setInitialSize(size()).build());
    }

    @Test
    @DisplayName("RX16 a letter box is a scaling to what its padding leaves, and the padding")
    void letterBox() {
        assertThat(toFirst(LetterBox.newBuilder()
                        .setOuterWidth(640)
                        .setOuterHeight(640)
                        .setPaddingTop(140)
                        .setPaddingBottom(139)))
                .containsExactly(
                        first().setScale(Scale.newBuilder().setWidth(640).setHeight(361))
                                .build(),
                        first().setPadding(padding(0, 140, 0, 139)).build());
    }

    @Test
    @DisplayName("RX16 a geometry with a step that cannot be said is left out as a whole")
    void untranslatableSteps() {
        var cropped = SavantSamples.frame2()
                .addTransformations(second().setInitialSize(size()))
                .addTransformations(second().setCrop(Crop.newBuilder().setLeft(10)))
                .build();

        assertThat(translator.toGeneration1(cropped).getTransformationsList()).isEmpty();
        for (long padding : new long[] {101, -1, Long.MAX_VALUE}) {
            assertThat(toFirst(LetterBox.newBuilder().setOuterWidth(100).setPaddingLeft(padding)))
                    .as("padding %d", padding)
                    .isEmpty();
        }
    }

    private List<routes.replay.savant.generation1.VideoFrameTransformation> toFirst(LetterBox.Builder box) {
        return translator
                .toGeneration1(SavantSamples.frame2()
                        .addTransformations(second().setLetterBox(box))
                        .build())
                .getTransformationsList();
    }

    private static void everyVariant(Consumer<routes.replay.savant.Attribute> frame) {
        Arrays.stream(ValueCase.values())
                .filter(variant -> variant != ValueCase.VALUE_NOT_SET)
                .map(VariantSamples::attribute)
                .forEach(frame);
        frame.accept(SavantSamples.attribute("a", "hidden", "x")
                .setIsHidden(true)
                .setUnknownFields(SavantSamples.unknownField())
                .build());
    }

    private static void tree(Consumer<routes.replay.savant.VideoObject> frame) {
        frame.accept(SavantSamples.object(1)
                .setDrawLabel("Person")
                .setConfidence(0.5f)
                .setTrackId(77)
                .setTrackBox(BoundingBox.newBuilder().setXc(1).setAngle(30))
                .addAttributes(SavantSamples.attribute("a", "hidden", "x").setIsHidden(true))
                .build());
        frame.accept(SavantSamples.object(2).setParentId(1).build());
    }

    private static routes.replay.savant.generation1.VideoFrameTransformation.Builder first() {
        return routes.replay.savant.generation1.VideoFrameTransformation.newBuilder();
    }

    private static routes.replay.savant.generation2.VideoFrameTransformation.Builder second() {
        return routes.replay.savant.generation2.VideoFrameTransformation.newBuilder();
    }

    private static Rational32 rational(int numerator, int denominator) {
        return Rational32.newBuilder()
                .setNumerator(numerator)
                .setDenominator(denominator)
                .build();
    }

    private static InitialSize size() {
        return InitialSize.newBuilder().setWidth(640).setHeight(360).build();
    }

    private static Padding padding(long left, long top, long right, long bottom) {
        return Padding.newBuilder()
                .setPaddingLeft(left)
                .setPaddingTop(top)
                .setPaddingRight(right)
                .setPaddingBottom(bottom)
                .build();
    }
}
