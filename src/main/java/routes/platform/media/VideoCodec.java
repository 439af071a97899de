package routes.platform.media;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * How pictures may be encoded. Its numbers are constants of FFmpeg's headers: reading them does not load the libraries.
 */
public enum VideoCodec {
    H264(avcodec.AV_CODEC_ID_H264, "h264", "h264"),
    HEVC(avcodec.AV_CODEC_ID_HEVC, "hevc", "hevc"),
    VP8(avcodec.AV_CODEC_ID_VP8, "vp8", "vp8"),
    VP9(avcodec.AV_CODEC_ID_VP9, "vp9", "vp9"),
    AV1(avcodec.AV_CODEC_ID_AV1, "libaom-av1", "av1"),
    JPEG(avcodec.AV_CODEC_ID_MJPEG, "mjpeg", "jpeg", "swjpeg"),
    PNG(avcodec.AV_CODEC_ID_PNG, "png", "png"),
    RAW_RGBA(avutil.AV_PIX_FMT_RGBA, List.of("raw-rgba")),
    RAW_RGB24(avutil.AV_PIX_FMT_RGB24, List.of("raw-rgb24", "raw-rgb")),
    RAW_NV12(avutil.AV_PIX_FMT_NV12, List.of("raw-nv12"));

    private final boolean raw;
    private final int number;
    private final String decoder;
    private final List<String> names;

    VideoCodec(int codecId, String decoder, String... names) {
        this(false, codecId, decoder, List.of(names));
    }

    /** Raw pixels; FFmpeg knows them by the number of their format. */
    VideoCodec(int pixelFormat, List<String> names) {
        this(true, pixelFormat, "rawvideo", names);
    }

    VideoCodec(boolean raw, int number, String decoder, List<String> names) {
        this.raw = raw;
        this.number = number;
        this.decoder = decoder;
        this.names = names;
    }

    /** The codec with Savant's name, such as {@code h264}. */
    public static Optional<VideoCodec> of(String name) {
        return Arrays.stream(values())
                .filter(codec -> codec.names.contains(name))
                .findFirst();
    }

    /** As Savant spells it. */
    public String label() {
        return names.get(0);
    }

    /** Raw pixels, whose width and height must be known. */
    public boolean isRaw() {
        return raw;
    }

    /** The pixel format of a raw codec. */
    public int pixelFormat() {
        return number;
    }

    /** FFmpeg's number of a codec that is not raw. */
    public int id() {
        return number;
    }

    /** By name, since FFmpeg's first decoder of a codec may be one for hardware. */
    public String decoder() {
        return decoder;
    }

    /** Whether pictures may be stored in another order than they are shown in. */
    public boolean reordersPictures() {
        return this == H264 || this == HEVC;
    }
}
