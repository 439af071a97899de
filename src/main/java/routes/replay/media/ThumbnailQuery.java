package routes.replay.media;

import routes.platform.media.picture.PictureFormat;
import routes.replay.protocol.FrameId;

/**
 * Which picture is wanted.
 *
 * @param width in pixels, at most
 */
record ThumbnailQuery(String sourceId, FrameId id, PictureFormat format, int width) {

    /** As wide as the frame. */
    static final int OWN_WIDTH = Integer.MAX_VALUE;
}
