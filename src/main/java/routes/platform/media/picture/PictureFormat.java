package routes.platform.media.picture;

import org.bytedeco.ffmpeg.global.avutil;

/** The formats in which pictures are made. */
public enum PictureFormat {
    JPEG("mjpeg", avutil.AV_PIX_FMT_YUVJ420P, "image/jpeg"),
    PNG("png", avutil.AV_PIX_FMT_RGB24, "image/png");

    private final String encoder;
    private final int pixelFormat;
    private final String mediaType;

    PictureFormat(String encoder, int pixelFormat, String mediaType) {
        this.encoder = encoder;
        this.pixelFormat = pixelFormat;
        this.mediaType = mediaType;
    }

    String encoder() {
        return encoder;
    }

    int pixelFormat() {
        return pixelFormat;
    }

    public String mediaType() {
        return mediaType;
    }
}
