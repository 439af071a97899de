package routes.replay.protocol;

import java.math.BigInteger;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the workflow has to know about a video frame of either generation. Numbers are as they were received, and may be
 * absurd.
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
public record FrameHeader(
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
    public boolean isKeyframe() {
        return keyframe.orElse(false);
    }

    /** From decoding to presentation, in units of the time base; a difference that is too large for its type becomes the largest. */
    public OptionalLong decodingDelay() {
        return dts.isPresent() ? OptionalLong.of(difference(pts, dts.getAsLong())) : OptionalLong.empty();
    }

    /** The same frame shown at another time, and decoded the same time before that. */
    public FrameHeader shownAt(long time) {
        OptionalLong delay = decodingDelay();
        return new FrameHeader(
                sourceId,
                id,
                creationTimestampNs,
                keyframe,
                framerate,
                codec,
                width,
                height,
                timeBase,
                time,
                delay.isPresent() ? OptionalLong.of(difference(time, delay.getAsLong())) : OptionalLong.empty(),
                duration);
    }

    private static long difference(long one, long other) {
        long difference = one - other;
        boolean overflown = ((one ^ other) & (one ^ difference)) < 0;
        return overflown ? (one < 0 ? Long.MIN_VALUE : Long.MAX_VALUE) : difference;
    }

    /** What frames are paced by: the decoding time where there is one, else the presentation time. */
    public long bestTimestamp() {
        return dts.orElse(pts);
    }
}
