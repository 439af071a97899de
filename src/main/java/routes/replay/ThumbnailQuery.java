package routes.replay;

import routes.platform.media.PictureFormat;

/**
 * Which picture is wanted.
 *
 * @param width in pixels, at most
 */
record ThumbnailQuery(String sourceId, FrameId id, PictureFormat format, int width) {

    /** As wide as the frame. */
    static final int OWN_WIDTH = Integer.MAX_VALUE;
}
