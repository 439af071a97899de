package routes.platform.media.picture;

import routes.platform.media.Ffmpeg;
import routes.platform.media.MediaException;
import routes.platform.media.MediaUnavailableException;
import routes.platform.media.NativeFrame;
import routes.platform.media.UnsupportedMediaException;

/**
 * Makes a JPEG or PNG of one encoded picture, in another size. Bounded by {@link PictureLimits} whatever comes in: about
 * a second and some hundred megabytes for the largest picture. For use by many threads, each of which does its own work.
 */
public final class PictureRenderer {

    private final PictureLimits limits;
    private final RawPictures rawPictures = new RawPictures();

    public PictureRenderer(PictureLimits limits) {
        this.limits = limits;
    }

    /**
     * @param maxWidth of the new picture, in pixels; its height follows from its shape. It does not become larger than it
     *     is, and its sides stay within the limits
     * @return the file
     * @throws UnsupportedMediaException it is too large, or this FFmpeg cannot decode it
     * @throws MediaException it cannot be decoded
     * @throws MediaUnavailableException FFmpeg cannot be loaded here
     */
    public byte[] render(EncodedPicture picture, PictureFormat format, int maxWidth) {
        if (maxWidth < 1) {
            throw new IllegalArgumentException("A picture cannot be " + maxWidth + " pixels wide");
        }
        limits.check(picture);
        Ffmpeg.load();
        try (NativeFrame decoded = decode(picture);
                NativeFrame scaled =
                        new PictureScaler(limits.maxSide()).scale(decoded, maxWidth, format.pixelFormat());
                PictureEncoder encoder = new PictureEncoder(format, scaled.get())) {
            return encoder.encode(scaled.get());
        }
    }

    private NativeFrame decode(EncodedPicture picture) {
        if (picture.codec().isRaw()) {
            return rawPictures.frame(picture);
        }
        try (PictureDecoder decoder = new PictureDecoder(picture.codec(), limits)) {
            return decoder.decode(picture.data());
        }
    }
}
