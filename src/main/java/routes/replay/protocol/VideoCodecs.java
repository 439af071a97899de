package routes.replay.protocol;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

import routes.replay.savant.generation2.VideoCodec;

/** Codecs, which generation 1 spells as a text and generation 2 numbers. */
final class VideoCodecs {

    private static final String RAW_RGB = "raw-rgb24";

    /** As generation 1 spells it; codecs that generation 2 added are spelled in the same way. */
    Optional<String> name(VideoCodec codec) {
        return switch (codec) {
            case VIDEO_CODEC_UNSPECIFIED, UNRECOGNIZED -> Optional.empty();
            case RAW_RGB -> Optional.of(RAW_RGB);
            default -> Optional.of(codec.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        };
    }

    /** Empty for a codec that generation 2 has no number for. */
    Optional<VideoCodec> codec(String name) {
        return Arrays.stream(VideoCodec.values())
                .filter(codec -> name(codec).filter(name::equals).isPresent())
                .findFirst();
    }
}
