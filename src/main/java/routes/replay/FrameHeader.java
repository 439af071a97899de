package routes.replay;

import java.math.BigInteger;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a workflow has to know of a video frame, in either generation. Numbers are as received and may be absurd.
 *
 * @param sourceId the stream, as named in the message itself
 * @param creationTimestampNs Unix time in nanoseconds, up to 128 bits
 * @param keyframe absent when the sender did not know
 * @param framerate numerator and denominator: {@code 25/1}
 * @param codec in Savant's spelling: {@code h264}; absent when unknown
 * @param width in pixels
 * @param height in pixels
 * @param pts presentation time in units of the time base
 * @param dts decoding time in units of the time base
 * @param duration in units of the time base
 */
record FrameHeader(
        String sourceId,
        FrameId id,
        BigInteger creationTimestampNs,
        Optional<Boolean> keyframe,
        String framerate,
        Optional<String> codec,
        long width,
        long height,
        TimeBase timeBase,
        long pts,
        OptionalLong dts,
        OptionalLong duration) {

    /** Absent counts as no. */
    boolean isKeyframe() {
        return keyframe.orElse(false);
    }

    /** What frames are paced by: the decoding time where there is one, else the presentation time. */
    long bestTimestamp() {
        return dts.orElse(pts);
    }
}
