package routes.platform.media;

import org.jspecify.annotations.Nullable;

/**
 * A frame of a stream as it was recorded. Its numbers are as received and may be absurd.
 *
 * @param width in pixels
 * @param height in pixels
 * @param timeBaseNumerator with the denominator, the seconds one unit of pts, dts and duration lasts
 * @param pts when it is shown
 * @param dts when it is decoded; null where the stream does not tell
 * @param duration null where the stream does not tell
 * @param keyframe decoding can begin here
 * @param data H.264 and HEVC as Annex B, one access unit; not changed
 */
public record EncodedFrame(
        VideoCodec codec,
        long width,
        long height,
        int timeBaseNumerator,
        int timeBaseDenominator,
        long pts,
        @Nullable Long dts,
        @Nullable Long duration,
        boolean keyframe,
        byte[] data) {

    boolean continues(EncodedFrame other) {
        return codec == other.codec && width == other.width && height == other.height;
    }

    /** For messages: {@code h264 of 640 × 360 pixels}. */
    String kind() {
        return codec.label() + " of " + width + " × " + height + " pixels";
    }
}
