package routes.replay.protocol;

import java.util.Optional;

import routes.replay.savant.generation2.NanosecondsU128;
import routes.replay.savant.generation2.Rational32;

/**
 * Translates video frames between the two generations of the wire. What the other generation has no field for is left
 * out: tracks, codecs without a number, a geometry it has no words for, and fields of later releases, whose numbers mean
 * something else there. Attributes and objects are the same in both and stay as they are, unknown fields included.
 */
final class FrameTranslator {

    private final SharedFields sharedWith2 = new SharedFields(
            routes.replay.savant.generation1.VideoFrame.getDescriptor(),
            routes.replay.savant.generation2.VideoFrame.getDescriptor());
    private final SharedFields sharedWith1 = new SharedFields(
            routes.replay.savant.generation2.VideoFrame.getDescriptor(),
            routes.replay.savant.generation1.VideoFrame.getDescriptor());
    private final VideoCodecs codecs = new VideoCodecs();
    private final TransformationTranslator transformations = new TransformationTranslator();

    routes.replay.savant.generation2.VideoFrame toGeneration2(routes.replay.savant.generation1.VideoFrame frame) {
        var translated = routes.replay.savant.generation2.VideoFrame.newBuilder();
        sharedWith2.copy(frame, translated);
        translated.setCreationTimestampNs(NanosecondsU128.newBuilder()
                .setHigh(frame.getCreationTimestampNsHigh())
                .setLow(frame.getCreationTimestampNsLow()));
        fps(frame.getFramerate()).ifPresent(translated::setFps);
        codecs.codec(frame.getCodec()).ifPresent(translated::setVideoCodec);
        translated.setTimeBase(Rational32.newBuilder()
                .setNumerator(frame.getTimeBaseNumerator())
                .setDenominator(frame.getTimeBaseDenominator()));
        return translated
                .addAllTransformations(transformations.toGeneration2(frame.getTransformationsList()))
                .build();
    }

    /** One that is not of this form reads as 30/1 when it is left out. */
    private static Optional<Rational32> fps(String framerate) {
        return Framerate.parse(framerate).map(given -> Rational32.newBuilder()
                .setNumerator(given.numerator())
                .setDenominator(given.denominator())
                .build());
    }

    routes.replay.savant.generation1.VideoFrame toGeneration1(routes.replay.savant.generation2.VideoFrame frame) {
        var translated = routes.replay.savant.generation1.VideoFrame.newBuilder();
        sharedWith1.copy(frame, translated);
        translated
                .setCreationTimestampNsHigh(frame.getCreationTimestampNs().getHigh())
                .setCreationTimestampNsLow(frame.getCreationTimestampNs().getLow());
        translated.setFramerate(FrameOfGeneration2.framerate(frame.getFps()));
        codecs.name(frame.getVideoCodec()).ifPresent(translated::setCodec);
        TimeBase timeBase = FrameOfGeneration2.timeBase(frame.getTimeBase());
        translated.setTimeBaseNumerator(timeBase.numerator()).setTimeBaseDenominator(timeBase.denominator());
        return translated
                .addAllTransformations(transformations.toGeneration1(frame.getTransformationsList()))
                .build();
    }
}
