package routes.replay.protocol;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import com.google.protobuf.ByteString;
import routes.replay.savant.Attribute;
import routes.replay.savant.VideoObject;
import routes.replay.savant.generation2.NanosecondsU128;
import routes.replay.savant.generation2.Rational32;
import routes.replay.savant.generation2.VideoFrame;
import routes.replay.savant.generation2.VideoFrame.ContentCase;
import routes.replay.savant.generation2.VideoFrameTransformation;
import routes.replay.savant.generation2.VideoFrameTransformation.TransformationCase;

/** A frame of protocol versions 2.x. */
public record FrameOfGeneration2(VideoFrame frame, FrameHeader header) implements SavantFrame {

    private static final String DEFAULT_FRAMERATE = "30/1";

    static FrameOfGeneration2 of(VideoFrame frame, ContentChecks checks) throws MalformedMessageException {
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
        return new FrameOfGeneration2(frame, header(frame, checks.frameId(frame.getUuid())));
    }

    private static FrameHeader header(VideoFrame frame, FrameId id) {
        NanosecondsU128 created = frame.getCreationTimestampNs();
        return new FrameHeader(
                frame.getSourceId(),
                id,
                FrameOfGeneration1.nanoseconds(created.getHigh(), created.getLow()),
                frame.hasKeyframe() ? Optional.of(frame.getKeyframe()) : Optional.empty(),
                framerate(frame.getFps()),
                new VideoCodecs().name(frame.getVideoCodec()),
                frame.getWidth(),
                frame.getHeight(),
                timeBase(frame.getTimeBase()),
                frame.getPts(),
                frame.hasDts() ? OptionalLong.of(frame.getDts()) : OptionalLong.empty(),
                frame.hasDuration() ? OptionalLong.of(frame.getDuration()) : OptionalLong.empty());
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
        return new FrameOfGeneration2(retimed.build(), moved);
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
