package routes.platform.media.picture;

import routes.platform.media.VideoCodec;

/**
 * One recorded picture that can be decoded without any other.
 *
 * @param width in pixels; looked at only where the codec does not tell, that is, of raw pixels
 * @param height in pixels; likewise
 * @param data H.264 and HEVC as Annex B; not changed
 */
public record EncodedPicture(VideoCodec codec, long width, long height, byte[] data) {}
