package routes.platform.media;

import java.math.BigInteger;
import java.util.OptionalLong;

/** Brings timestamps of any time base to ticks of a clip, and is not impressed by absurd ones. */
final class Ticks {

    private static final BigInteger PER_SECOND = BigInteger.valueOf(ClipTimeline.TICKS_PER_SECOND);

    /** A hundred years: above it, adding two numbers of ticks is still far from overflowing. */
    private static final BigInteger MOST = PER_SECOND.multiply(BigInteger.valueOf(100L * 366 * 24 * 3600));

    private final BigInteger origin;

    /**
     * @param first its pts becomes 0
     */
    Ticks(EncodedFrame first) {
        origin = scaled(first, first.pts());
    }

    /** Empty with a time base that is none, and for moments a hundred years away. */
    OptionalLong pts(EncodedFrame frame) {
        return at(frame, frame.pts());
    }

    OptionalLong dts(EncodedFrame frame) {
        return frame.dts() == null ? OptionalLong.empty() : at(frame, frame.dts());
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
