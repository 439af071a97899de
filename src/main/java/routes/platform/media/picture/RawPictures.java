package routes.platform.media.picture;

import routes.platform.media.MediaException;
import routes.platform.media.NativeFrame;

/** Copies raw pixels into frames. */
final class RawPictures {

    private static final int RGB_BYTES = 3;
    private static final int RGBA_BYTES = 4;

    /**
     * @param picture of a raw codec, its size checked
     * @throws MediaException it does not have as many bytes as its size needs
     */
    NativeFrame frame(EncodedPicture picture) {
        int width = (int) picture.width();
        int height = (int) picture.height();
        return switch (picture.codec()) {
            case RAW_RGBA -> packed(picture, width, height, RGBA_BYTES);
            case RAW_RGB24 -> packed(picture, width, height, RGB_BYTES);
            case RAW_NV12 -> nv12(picture, width, height);
            default -> throw new IllegalArgumentException(picture.codec().label() + " is not raw");
        };
    }

    private static NativeFrame packed(EncodedPicture picture, int width, int height, int bytesPerPixel) {
        requireLength(picture, (long) width * height * bytesPerPixel);
        NativeFrame frame = NativeFrame.of(width, height, picture.codec().pixelFormat());
        frame.fillPlane(0, picture.data(), 0, width * bytesPerPixel, height);
        return frame;
    }

    /** Brightness for each pixel, then two bytes of colour for each four pixels. */
    private static NativeFrame nv12(EncodedPicture picture, int width, int height) {
        int colourRow = (width + 1) / 2 * 2;
        int colourRows = (height + 1) / 2;
        requireLength(picture, (long) width * height + (long) colourRow * colourRows);
        NativeFrame frame = NativeFrame.of(width, height, picture.codec().pixelFormat());
        frame.fillPlane(0, picture.data(), 0, width, height);
        frame.fillPlane(1, picture.data(), width * height, colourRow, colourRows);
        return frame;
    }

    private static void requireLength(EncodedPicture picture, long expected) {
        if (picture.data().length != expected) {
            throw new MediaException("A " + picture.codec().label() + " picture of " + picture.width() + " × "
                    + picture.height() + " has " + expected + " bytes, not " + picture.data().length);
        }
    }
}
