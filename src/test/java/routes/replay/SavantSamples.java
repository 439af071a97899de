package routes.replay;

import java.math.BigInteger;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import routes.replay.protocol.FrameHeader;
import routes.replay.protocol.FrameId;
import routes.replay.protocol.MalformedMessageException;
import routes.replay.protocol.MessageDecoder;
import routes.replay.protocol.SavantMessage;
import routes.replay.protocol.TimeBase;
import routes.replay.savant.Attribute;
import routes.replay.savant.AttributeValue;
import routes.replay.savant.BoundingBox;
import routes.replay.savant.EndOfStream;
import routes.replay.savant.ExternalFrame;
import routes.replay.savant.StringAttributeValueVariant;
import routes.replay.savant.VideoObject;
import routes.replay.savant.generation1.Message;
import routes.replay.savant.generation1.VideoFrame;

/** Messages as Savant's own nodes send them. */
public final class SavantSamples {

    public static final FrameId ID = FrameId.parse("019b76da-a800-7000-8000-000000000001");

    /** Section 7.11 of the specification. */
    public static final ByteString END_OF_STREAM_VECTOR =
            hex("0a 06 31 2e 31 35 2e 31 20 01 4a 07 0a 05 63 61 6d 2d 31 a2 01 03 73 2d 31");

    public static final ByteString FRAME_VECTOR = hex(
            """
            0a 06 31 2e 31 35 2e 31 20 01 2a 66 12 05 63 61 6d 2d 31 1a 24 30 31 39 62 37 36 64 61 2d 61 38 30 30 2d 37 30 30 30
            2d 38 30 30 30 2d 30 30 30 30 30 30 30 30 30 30 30 31 28 80 80 e8 ef 9e ca 9c c3 18 32 04 32 35 2f 31 38 80 05 40 e8
            02 52 04 68 32 36 34 58 01 60 01 68 90 bf 05 70 90 1c 78 90 1c 80 01 90 1c 92 01 08 0a 06 7a 65 72 6f 6d 71 a2 01 03
            73 2d 31""");

    private SavantSamples() {}

    public static ByteString hex(String text) {
        return ByteString.copyFrom(HexFormat.of().parseHex(text.replaceAll("\\s", "")));
    }

    /** The frame of the vector, to be changed. */
    public static VideoFrame.Builder frame1() {
        return VideoFrame.newBuilder()
                .setSourceId("cam-1")
                .setUuid(ID.toString())
                .setCreationTimestampNsLow(1_767_225_600_000_000_000L)
                .setFramerate("25/1")
                .setWidth(640)
                .setHeight(360)
                .setCodec("h264")
                .setKeyframe(true)
                .setTimeBaseNumerator(1)
                .setTimeBaseDenominator(90_000)
                .setPts(3_600)
                .setDts(3_600)
                .setDuration(3_600)
                .setExternal(ExternalFrame.newBuilder().setMethod("zeromq"));
    }

    public static Message.Builder message1() {
        return Message.newBuilder().setProtocolVersion("1.15.1").setSeqId(1).setSystemId("s-1");
    }

    public static ByteString message(VideoFrame.Builder frame) {
        return message1().setVideoFrame(frame).build().toByteString();
    }

    public static routes.replay.savant.generation2.VideoFrame.Builder frame2() {
        return routes.replay.savant.generation2.VideoFrame.newBuilder()
                .setSourceId("cam-2")
                .setUuid(ID.toString())
                .setCreationTimestampNs(routes.replay.savant.generation2.NanosecondsU128.newBuilder()
                        .setLow(1_767_225_600_000_000_000L))
                .setFps(routes.replay.savant.generation2.Rational32.newBuilder()
                        .setNumerator(25)
                        .setDenominator(1))
                .setTimeBase(routes.replay.savant.generation2.Rational32.newBuilder()
                        .setNumerator(1)
                        .setDenominator(90_000))
                .setVideoCodec(routes.replay.savant.generation2.VideoCodec.HEVC)
                .setWidth(640)
                .setHeight(360)
                .setPts(3_600)
                .setExternal(ExternalFrame.newBuilder().setMethod("zeromq"));
    }

    public static routes.replay.savant.generation2.Message.Builder message2() {
        return routes.replay.savant.generation2.Message.newBuilder()
                .setProtocolVersion("2.1.0")
                .setSeqId(1)
                .setSystemId("s-2");
    }

    public static ByteString message(routes.replay.savant.generation2.VideoFrame.Builder frame) {
        return message2().setVideoFrame(frame).build().toByteString();
    }

    public static ByteString endOfStream(String source) {
        return message1()
                .setEndOfStream(EndOfStream.newBuilder().setSourceId(source))
                .build()
                .toByteString();
    }

    public static Attribute.Builder attribute(String namespace, String name, String value) {
        return Attribute.newBuilder()
                .setNamespace(namespace)
                .setName(name)
                .setIsPersistent(true)
                .addValues(AttributeValue.newBuilder()
                        .setString(StringAttributeValueVariant.newBuilder().setData(value)));
    }

    public static VideoObject.Builder object(long id) {
        return VideoObject.newBuilder()
                .setId(id)
                .setNamespace("detector")
                .setLabel("person")
                .setDetectionBox(BoundingBox.newBuilder()
                        .setXc(10)
                        .setYc(20)
                        .setWidth(30)
                        .setHeight(40));
    }

    /** A field of a release that is yet to come. */
    public static UnknownFieldSet unknownField() {
        return UnknownFieldSet.newBuilder()
                .addField(
                        500,
                        UnknownFieldSet.Field.newBuilder()
                                .addLengthDelimited(ByteString.copyFromUtf8("later"))
                                .build())
                .build();
    }

    /** Only what pacing and stop conditions look at, with timestamps in milliseconds. */
    public static FrameHeader header(long milliseconds) {
        return header(milliseconds, new TimeBase(1, 1_000), true, ID);
    }

    public static FrameHeader header(long timestamp, TimeBase timeBase, boolean keyframe, FrameId id) {
        return new FrameHeader(
                "cam-1",
                id,
                BigInteger.ZERO,
                Optional.of(keyframe),
                "25/1",
                Optional.of("h264"),
                640,
                360,
                timeBase,
                timestamp,
                OptionalLong.empty(),
                OptionalLong.empty());
    }

    public static SavantMessage decoded(ByteString raw) {
        try {
            return new MessageDecoder().decode(raw);
        } catch (MalformedMessageException e) {
            throw new IllegalArgumentException(e);
        }
    }

    public static List<Attribute> attributes(SavantMessage message) {
        return message.frame().orElseThrow().attributes();
    }
}
