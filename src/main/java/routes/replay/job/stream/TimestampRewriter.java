package routes.replay.job.stream;

import java.math.BigInteger;
import java.util.Optional;
import java.util.OptionalLong;

import org.jspecify.annotations.Nullable;
import routes.replay.job.ContiguousPts;
import routes.replay.job.TimelinePosition;
import routes.replay.protocol.SavantFrame;
import routes.replay.protocol.SavantMessage;
import routes.replay.protocol.TimeBase;

/**
 * Gives the frames of a job timestamps that go on without jumps. As long as those recorded do so themselves, all are
 * shifted alike, so that what is shown in another order than it is sent (B-frames) stays as it is. Where they jump, or a
 * cut was made, the next frame follows after the time for which the one before is shown, and the shift is another from
 * there on. Decoding times are shifted with presentation times. Each frame keeps its time base. Not thread-safe.
 *
 * <p>Numbers stay far from the ends of their range: where they would leave it, they begin at 0 again.
 */
public final class TimestampRewriter {

    private static final long MOST = 1L << 62;
    private static final long LEAST = -(1L << 61);

    private final ContiguousPts wish;
    private final double maxGapSeconds;
    private @Nullable TimelinePosition last;

    /** @param from where it goes on; empty at the beginning of a job */
    TimestampRewriter(ContiguousPts wish, Optional<TimelinePosition> from) {
        this.wish = wish;
        this.maxGapSeconds = wish.maxGap().getSeconds() + wish.maxGap().getNano() / 1e9;
        this.last = from.orElse(null);
    }

    /** Gives a frame the timestamps that it is sent with. To be called once for each message. */
    SavantMessage place(SavantMessage stored) {
        Optional<SavantFrame> placed =
                stored.frame().map(frame -> frame.shownAt(place(FrameTiming.of(frame.header()))));
        return stored.with(stored.generation(), placed, stored.envelope());
    }

    /** Where the frame that was placed last is. */
    Optional<TimelinePosition> position() {
        return Optional.ofNullable(last);
    }

    /** @return its presentation time */
    long place(FrameTiming frame) {
        OptionalLong asRecorded = asRecorded(frame);
        long pts = asRecorded.orElseGet(() -> last == null ? first(frame) : behindLast(frame));
        last = new TimelinePosition(
                frame.timeBase(),
                OptionalLong.of(pts - frame.pts()),
                frame.delay().isPresent() ? OptionalLong.of(pts - frame.delay().getAsLong()) : OptionalLong.empty(),
                asRecorded.isPresent() ? Math.max(last.latest(), pts) : pts,
                frame.length());
        return pts;
    }

    /** Where the recorded timestamps put it behind the frame before; empty where they cannot be relied on. */
    private OptionalLong asRecorded(FrameTiming frame) {
        if (last == null || last.shift().isEmpty() || !last.timeBase().equals(frame.timeBase())) {
            return OptionalLong.empty();
        }
        long pts = frame.pts() + last.shift().getAsLong();
        boolean reliable = pts >= LEAST && pts <= MOST && goesOn(frame, pts);
        return reliable ? OptionalLong.of(pts) : OptionalLong.empty();
    }

    private boolean goesOn(FrameTiming frame, long pts) {
        if (last.decoded().isPresent() && frame.delay().isPresent()) {
            long step = pts - frame.delay().getAsLong() - last.decoded().getAsLong();
            return step > 0 && isWithoutGap(frame, step);
        }
        // Nothing that is sent before a keyframe is shown after it
        long ahead = pts - last.latest();
        return (ahead > 0 || ahead < 0 && !frame.keyframe()) && isWithoutGap(frame, Math.abs(ahead));
    }

    private boolean isWithoutGap(FrameTiming frame, long units) {
        return frame.timeBase().seconds(units) <= maxGapSeconds;
    }

    private long first(FrameTiming frame) {
        if (wish.start().isPresent()) {
            return decodedAt(wish.start().getAsLong(), frame);
        }
        return frame.pts() >= LEAST && frame.pts() <= MOST ? frame.pts() : decodedAt(0, frame);
    }

    /** Behind everything that was sent, both in the order of decoding and in that of presentation. */
    private long behindLast(FrameTiming frame) {
        long shown = translated(last.latest() + last.length(), frame.timeBase());
        long decoded = last.decoded().isPresent()
                ? decodedAt(translated(last.decoded().getAsLong() + last.length(), frame.timeBase()), frame)
                : shown;
        long pts = Math.max(shown, decoded);
        return pts <= MOST ? pts : decodedAt(0, frame);
    }

    private static long decodedAt(long time, FrameTiming frame) {
        return time + frame.delay().orElse(0);
    }

    /** Rounded up, so that it is never before its time; what is beyond the range is just beyond it. */
    private long translated(long units, TimeBase timeBase) {
        TimeBase from = last.timeBase();
        if (from.equals(timeBase)) {
            return units;
        }
        BigInteger[] quotient = BigInteger.valueOf(units)
                .multiply(BigInteger.valueOf((long) from.numerator() * timeBase.denominator()))
                .divideAndRemainder(BigInteger.valueOf((long) from.denominator() * timeBase.numerator()));
        BigInteger rounded = quotient[1].signum() > 0 ? quotient[0].add(BigInteger.ONE) : quotient[0];
        return rounded.min(BigInteger.valueOf(MOST + 1))
                .max(BigInteger.valueOf(LEAST))
                .longValue();
    }
}
