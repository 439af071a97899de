package routes.replay.media;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

import routes.platform.media.clip.ClipFormat;
import routes.replay.protocol.FrameId;

/**
 * Which stretch of a recording is wanted as a clip.
 *
 * @param start where it begins
 * @param end where it ends
 */
record ClipQuery(String sourceId, ClipFormat format, Start start, End end) {

    private static final BigInteger END_OF_TIME = BigInteger.ONE.shiftLeft(Long.SIZE * 2);

    sealed interface Start permits At, Anchor {}

    /**
     * When the last frame may have been made: what comes first of a moment, and of a length from where the clip was asked
     * to begin, which may be in the middle of its first block.
     *
     * @param firstCreatedNs when its first frame was made
     */
    BigInteger lastCreatedNs(BigInteger firstCreatedNs) {
        BigInteger from = start instanceof At at ? at.createdNs() : firstCreatedNs;
        return Stream.of(end.lengthNs().map(from::add), end.createdNs())
                .flatMap(Optional::stream)
                .min(Comparator.naturalOrder())
                .orElse(END_OF_TIME);
    }

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
     * @param lengthNs before the first frame that was made so much later than the start
     * @param blocks before one keyframe more
     */
    record End(Optional<BigInteger> createdNs, Optional<BigInteger> lengthNs, Optional<Long> blocks) {}
}
