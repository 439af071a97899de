package routes.replay;

import java.math.BigInteger;
import java.util.Optional;

import routes.platform.media.ClipFormat;

/**
 * Which stretch of a recording is wanted as a clip.
 *
 * @param start where it begins
 * @param end where it ends
 */
record ClipQuery(String sourceId, ClipFormat format, Start start, End end) {

    sealed interface Start permits At, Anchor {}

    /** With the block that was being recorded then, or else the next. Nanoseconds since 1970. */
    record At(BigInteger createdNs) implements Start {}

    /**
     * With a keyframe.
     *
     * @param before so many keyframes earlier
     */
    record Anchor(FrameId id, long before) implements Start {}

    /**
     * With what is recorded, or earlier.
     *
     * @param createdNs before the first frame that was made after this moment, in nanoseconds since 1970
     * @param lengthNs before the first frame that was made so much later than the first
     * @param blocks before one keyframe more
     */
    record End(Optional<BigInteger> createdNs, Optional<BigInteger> lengthNs, Optional<Long> blocks) {}
}
