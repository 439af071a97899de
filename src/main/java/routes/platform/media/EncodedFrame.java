package routes.platform.media;

import org.jspecify.annotations.Nullable;

/**
 * A frame of a stream as it was recorded. Its numbers are as received and may be absurd.
 *
 * @param width in pixels
 * @param height in pixels
 * @param timeBaseNumerator with the denominator, the seconds one unit of pts and duration lasts
 * @param pts when it is shown
 * @param duration null where the stream does not tell
 * @param createdNs when it was made, in nanoseconds since 1970; null where nobody knows
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
        @Nullable Long duration,
        @Nullable Long createdNs,
        boolean keyframe,
        byte[] data) {

    private static final int LONGEST_SIDE = 1 << 16;

    /** Whether it may follow another frame in a clip; a frame that does not tell its size may. */
    public boolean continues(EncodedFrame other) {
        boolean sized = hasSize() && other.hasSize();
        return codec == other.codec && (!sized || width == other.width && height == other.height);
    }

    /** Whether it tells its size. */
    public boolean hasSize() {
        return width > 0 && height > 0 && width < LONGEST_SIDE && height < LONGEST_SIDE;
    }

    /** For messages: {@code h264 of 640 × 360 pixels}. */
    public String kind() {
        return codec.label() + " of " + width + " × " + height + " pixels";
    }
}
