package routes.replay.protocol;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import com.google.protobuf.ByteString;
import routes.replay.savant.Attribute;
import routes.replay.savant.VideoObject;
import routes.replay.savant.generation1.VideoFrame;
import routes.replay.savant.generation1.VideoFrame.ContentCase;
import routes.replay.savant.generation1.VideoFrameTransformation;
import routes.replay.savant.generation1.VideoFrameTransformation.TransformationCase;

/** A frame of protocol versions 1.x. */
public record FrameOfGeneration1(VideoFrame frame, FrameHeader header) implements SavantFrame {

    static FrameOfGeneration1 of(VideoFrame frame, ContentChecks checks) throws MalformedMessageException {
        if (frame.getContentCase() == ContentCase.CONTENT_NOT_SET) {
            throw new MalformedMessageException("the frame says nothing about where its picture is");
        }
        for (VideoFrameTransformation transformation : frame.getTransformationsList()) {
            if (transformation.getTransformationCase() == TransformationCase.TRANSFORMATION_NOT_SET) {
                throw new MalformedMessageException("a transformation of the frame is empty");
            }
        }
        checks.requireValues(frame.getAttributesList());
        checks.requireSoundObjects(frame.getObjectsList());
        return new FrameOfGeneration1(frame, header(frame, checks.frameId(frame.getUuid())));
    }

    private static FrameHeader header(VideoFrame frame, FrameId id) {
        return new FrameHeader(
                frame.getSourceId(),
                id,
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
    }

    /** Both halves are unsigned. */
    static BigInteger nanoseconds(long high, long low) {
        if (high == 0 && low >= 0) {
            return BigInteger.valueOf(low);
        }
        return new BigInteger(Long.toUnsignedString(high))
                .shiftLeft(Long.SIZE)
                .or(new BigInteger(Long.toUnsignedString(low)));
    }

    @Override
    public List<Attribute> attributes() {
        return frame.getAttributesList();
    }

    @Override
    public List<VideoObject> objects() {
        return frame.getObjectsList();
    }

    @Override
    public ByteString encoded() {
        return frame.toByteString();
    }

    @Override
    public SavantFrame shownAt(long pts) {
        FrameHeader moved = header.shownAt(pts);
        VideoFrame.Builder retimed = frame.toBuilder().setPts(pts);
        moved.dts().ifPresent(retimed::setDts);
        return new FrameOfGeneration1(retimed.build(), moved);
    }

    @Override
    public ByteString with(String sourceId, List<Attribute> attributes) {
        return frame.toBuilder()
                .setSourceId(sourceId)
                .clearAttributes()
                .addAllAttributes(attributes)
                .build()
                .toByteString();
    }
}
