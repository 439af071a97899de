package routes.platform.media.clip;

import routes.platform.media.EncodedFrame;

/**
 * A frame with its place in a clip.
 *
 * @param pts in ticks of {@link ClipTimeline#TICKS_PER_SECOND}; dts and duration, too
 * @param dts higher than that of the frame before, and not above pts; 0 for the first
 * @param duration until the next frame, as far as it can be told; at least 1
 */
record ClipFrame(EncodedFrame frame, long pts, long dts, long duration) {}
