package routes.platform.media.clip;

import java.math.BigInteger;
import java.util.OptionalLong;

import org.jspecify.annotations.Nullable;
import routes.platform.media.EncodedFrame;

/** Converts the times of frames to ticks of a clip, and ignores absurd ones. */
final class Ticks {

    private static final BigInteger PER_SECOND = BigInteger.valueOf(ClipTimeline.TICKS_PER_SECOND);

    /** A hundred years: above it, adding two numbers of ticks is still far from overflowing. */
    private static final BigInteger MOST = PER_SECOND.multiply(BigInteger.valueOf(100L * 366 * 24 * 3600));

    private static final long NS_PER_SECOND = 1_000_000_000;
    private static final double NS_PER_TICK = (double) NS_PER_SECOND / ClipTimeline.TICKS_PER_SECOND;
    private static final double LONGEST_PAUSE_NS = PresentationClock.LONGEST_PAUSE * NS_PER_TICK;

    private final BigInteger origin;
    private @Nullable Long wallOriginNs;
    private long wallNs;

    /**
     * @param first its pts becomes 0
     */
    Ticks(EncodedFrame first) {
        origin = scaled(first, first.pts());
    }

    /** Empty when the time base is invalid, and for moments a hundred years away. */
    OptionalLong pts(EncodedFrame frame) {
        return at(frame, frame.pts());
    }

    /**
     * When the frame was made, in ticks since the first; to be called once for each frame, in order. A clock that
     * goes back by seconds, or forward by more than the longest pause, was set and is ignored.
     */
    long wall(EncodedFrame frame) {
        Long created = frame.createdNs();
        if (created != null) {
            long since = wallOriginNs == null ? Long.MAX_VALUE : created - wallOriginNs - wallNs;
            if (since > LONGEST_PAUSE_NS || since < -NS_PER_SECOND) {
                wallOriginNs = created - wallNs;
            } else {
                wallNs += Math.max(0, since);
            }
        }
        return Math.round(wallNs / NS_PER_TICK);
    }

    OptionalLong duration(EncodedFrame frame) {
        return frame.duration() == null || frame.duration() <= 0
                ? OptionalLong.empty()
                : limited(scaled(frame, frame.duration()));
    }

    private OptionalLong at(EncodedFrame frame, long units) {
        return frame.timeBaseNumerator() <= 0 || frame.timeBaseDenominator() <= 0
                ? OptionalLong.empty()
                : limited(scaled(frame, units).subtract(origin));
    }

    private static OptionalLong limited(BigInteger ticks) {
        return ticks.abs().compareTo(MOST) > 0 ? OptionalLong.empty() : OptionalLong.of(ticks.longValue());
    }

    private static BigInteger scaled(EncodedFrame frame, long units) {
        if (frame.timeBaseDenominator() <= 0) {
            return BigInteger.ZERO;
        }
        BigInteger[] parts = BigInteger.valueOf(units)
                .multiply(BigInteger.valueOf(frame.timeBaseNumerator()))
                .multiply(PER_SECOND)
                .divideAndRemainder(BigInteger.valueOf(frame.timeBaseDenominator()));
        return parts[0];
    }
}
