package routes.platform.media.picture;

import routes.platform.media.UnsupportedMediaException;

/**
 * What one picture may take. FFmpeg needs up to 8 bytes a pixel, and time in proportion to pixels and bytes.
 *
 * @param maxBytes of an encoded picture
 * @param maxPixels of an encoded picture, width times height
 * @param maxSide longest side of a picture that is made, in pixels
 */
public record PictureLimits(int maxBytes, long maxPixels, int maxSide) {

    /** 64 MiB, 8192 × 4320 pixels; made with sides up to 4096. */
    public static final PictureLimits DEFAULT = new PictureLimits(64 << 20, 8192L * 4320, 4096);

    public PictureLimits {
        if (maxBytes < 1 || maxPixels < 1 || maxSide < 1) {
            throw new IllegalArgumentException("Limits of pictures must be at least 1");
        }
    }

    /**
     * @throws UnsupportedMediaException it is too large to be looked at
     */
    void check(EncodedPicture picture) {
        if (picture.data().length > maxBytes) {
            throw new UnsupportedMediaException(
                    "A picture of " + picture.data().length + " bytes is not decoded, the limit is " + maxBytes);
        }
        if (picture.codec().isRaw()) {
            checkSize(picture.width(), picture.height());
        }
    }

    void checkSize(long width, long height) {
        if (width < 1 || height < 1 || width > maxPixels || height > maxPixels || width * height > maxPixels) {
            throw new UnsupportedMediaException("A picture of " + width + " × " + height
                    + " pixels is not decoded, the limit is " + maxPixels + " pixels");
        }
    }
}
