package routes.platform.media.clip;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import routes.platform.media.VideoCodec;

/** Files that clips are written as. */
public enum ClipFormat {
    /** Fragmented, so that it can be written to a stream and played before it is complete. */
    MP4(
            "mp4",
            "video/mp4",
            Set.of(VideoCodec.H264, VideoCodec.HEVC, VideoCodec.AV1, VideoCodec.VP9),
            // One fragment for each block; longer blocks are split, since a fragment is held in memory
            Map.of(
                    "movflags", "frag_keyframe+empty_moov+default_base_moof",
                    "frag_duration", "10000000",
                    "frag_size", "16777216")),
    /** Matroska: takes everything but raw pixels. */
    MKV(
            "matroska",
            "video/x-matroska",
            Set.of(
                    VideoCodec.H264,
                    VideoCodec.HEVC,
                    VideoCodec.AV1,
                    VideoCodec.VP8,
                    VideoCodec.VP9,
                    VideoCodec.JPEG,
                    VideoCodec.PNG),
            Map.of("cluster_time_limit", "5000", "cluster_size_limit", "8388608")),
    /** MPEG transport stream: can be cut and joined anywhere. */
    TS("mpegts", "video/mp2t", Set.of(VideoCodec.H264, VideoCodec.HEVC), Map.of());

    private final String muxer;
    private final String mediaType;
    private final Set<VideoCodec> codecs;
    private final Map<String, String> options;

    ClipFormat(String muxer, String mediaType, Set<VideoCodec> codecs, Map<String, String> options) {
        this.muxer = muxer;
        this.mediaType = mediaType;
        this.codecs = codecs;
        this.options = options;
    }

    /** By the ending of its files: {@code mp4}, {@code mkv}, {@code ts}. */
    public static Optional<ClipFormat> of(String ending) {
        return Arrays.stream(values())
                .filter(format -> format.ending().equals(ending))
                .findFirst();
    }

    public String ending() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String mediaType() {
        return mediaType;
    }

    public boolean takes(VideoCodec codec) {
        return codecs.contains(codec);
    }

    /**
     * Whether parameter sets are only in the header, and not in the frames as well, as with HEVC in MP4, which
     * Apple's players accept only in this form.
     */
    boolean keepsParametersApart(VideoCodec codec) {
        return this == MP4 && codec == VideoCodec.HEVC;
    }

    /** FFmpeg's name. */
    String muxer() {
        return muxer;
    }

    Map<String, String> options() {
        return options;
    }
}
