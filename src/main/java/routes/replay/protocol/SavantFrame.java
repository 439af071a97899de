package routes.replay.protocol;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import routes.replay.savant.Attribute;
import routes.replay.savant.ExternalFrame;
import routes.replay.savant.VideoObject;
import routes.replay.savant.generation2.NanosecondsU128;
import routes.replay.savant.generation2.Rational32;

/**
 * The content of a video frame message, decoded and checked, of either generation.
 *
 * <p>Protobuf generates two classes without a common type. What every frame is asked for is read by their own methods, which
 * is fast; everything else finds the fields that both have by their numbers.
 *
 * @param message the {@code VideoFrame} of its generation
 * @param attributes those of the frame itself, not those of its objects
 */
public record SavantFrame(Message message, FrameHeader header, List<Attribute> attributes, List<VideoObject> objects) {

    private static final String DEFAULT_FRAMERATE = "30/1";

    static SavantFrame parse(Generation generation, ByteString bytes, ContentChecks checks)
            throws InvalidProtocolBufferException, MalformedMessageException {
        return switch (generation) {
            case ONE -> of(routes.replay.savant.generation1.VideoFrame.parseFrom(bytes), checks);
            case TWO -> of(routes.replay.savant.generation2.VideoFrame.parseFrom(bytes), checks);
        };
    }

    static SavantFrame of(routes.replay.savant.generation1.VideoFrame frame, ContentChecks checks)
            throws MalformedMessageException {
        checks.requireSound(frame, frame.getTransformationsList(), frame.getAttributesList(), frame.getObjectsList());
        FrameHeader header = new FrameHeader(
                frame.getSourceId(),
                checks.frameId(frame.getUuid()),
                nanoseconds(frame.getCreationTimestampNsHigh(), frame.getCreationTimestampNsLow()),
                frame.hasKeyframe() ? Optional.of(frame.getKeyframe()) : Optional.empty(),
                frame.getFramerate(),
                frame.hasCodec() ? Optional.of(frame.getCodec()) : Optional.empty(),
                frame.getWidth(),
                frame.getHeight(),
                new TimeBase(frame.getTimeBaseNumerator(), frame.getTimeBaseDenominator()),
                frame.getPts(),
                frame.hasDts() ? OptionalLong.of(frame.getDts()) : OptionalLong.empty(),
                frame.hasDuration() ? OptionalLong.of(frame.getDuration()) : OptionalLong.empty());
        return new SavantFrame(frame, header, frame.getAttributesList(), frame.getObjectsList());
    }

    static SavantFrame of(routes.replay.savant.generation2.VideoFrame frame, ContentChecks checks)
            throws MalformedMessageException {
        checks.requireSound(frame, frame.getTransformationsList(), frame.getAttributesList(), frame.getObjectsList());
        NanosecondsU128 created = frame.getCreationTimestampNs();
        FrameHeader header = new FrameHeader(
                frame.getSourceId(),
                checks.frameId(frame.getUuid()),
                nanoseconds(created.getHigh(), created.getLow()),
                frame.hasKeyframe() ? Optional.of(frame.getKeyframe()) : Optional.empty(),
                framerate(frame.getFps()),
                new VideoCodecs().name(frame.getVideoCodec()),
                frame.getWidth(),
                frame.getHeight(),
                timeBase(frame.getTimeBase()),
                frame.getPts(),
                frame.hasDts() ? OptionalLong.of(frame.getDts()) : OptionalLong.empty(),
                frame.hasDuration() ? OptionalLong.of(frame.getDuration()) : OptionalLong.empty());
        return new SavantFrame(frame, header, frame.getAttributesList(), frame.getObjectsList());
    }

    /** Both halves are unsigned. */
    private static BigInteger nanoseconds(long high, long low) {
        if (high == 0 && low >= 0) {
            return BigInteger.valueOf(low);
        }
        return new BigInteger(Long.toUnsignedString(high))
                .shiftLeft(Long.SIZE)
                .or(new BigInteger(Long.toUnsignedString(low)));
    }

    static String framerate(Rational32 fps) {
        return fps.getNumerator() > 0 && fps.getDenominator() > 0
                ? fps.getNumerator() + "/" + fps.getDenominator()
                : DEFAULT_FRAMERATE;
    }

    static TimeBase timeBase(Rational32 given) {
        TimeBase timeBase = new TimeBase(given.getNumerator(), given.getDenominator());
        return timeBase.isUsable() ? timeBase : TimeBase.DEFAULT;
    }

    /** The picture, if the message holds it. */
    public Optional<ByteString> internal() {
        return get(routes.replay.savant.generation1.VideoFrame.INTERNAL_FIELD_NUMBER, ByteString.class);
    }

    /** Where the picture is, if it is not in the message. */
    public Optional<ExternalFrame> external() {
        return get(routes.replay.savant.generation1.VideoFrame.EXTERNAL_FIELD_NUMBER, ExternalFrame.class);
    }

    private <T> Optional<T> get(int number, Class<T> type) {
        var field = message.getDescriptorForType().findFieldByNumber(number);
        return message.hasField(field) ? Optional.of(type.cast(message.getField(field))) : Optional.empty();
    }

    public ByteString encoded() {
        return message.toByteString();
    }

    /** The same at another presentation time, in units of its time base; its decoding time moves with it. */
    public SavantFrame shownAt(long pts) {
        FrameHeader moved = header.shownAt(pts);
        Message.Builder retimed = message.toBuilder();
        set(retimed, routes.replay.savant.generation1.VideoFrame.PTS_FIELD_NUMBER, pts);
        moved.dts().ifPresent(dts -> set(retimed, routes.replay.savant.generation1.VideoFrame.DTS_FIELD_NUMBER, dts));
        return new SavantFrame(retimed.build(), moved, attributes, objects);
    }

    /** Encodes it with another source id and other attributes; everything else stays, unknown fields too. */
    public ByteString with(String sourceId, List<Attribute> others) {
        Message.Builder changed = message.toBuilder();
        set(changed, routes.replay.savant.generation1.VideoFrame.SOURCE_ID_FIELD_NUMBER, sourceId);
        set(changed, routes.replay.savant.generation1.VideoFrame.ATTRIBUTES_FIELD_NUMBER, others);
        return changed.build().toByteString();
    }

    private static void set(Message.Builder frame, int number, Object value) {
        frame.setField(frame.getDescriptorForType().findFieldByNumber(number), value);
    }
}
