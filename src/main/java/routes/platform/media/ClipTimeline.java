package routes.platform.media;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.LongStream;

/**
 * Gives the frames of a clip timestamps that a player takes: they begin at 0, every frame is decoded after the one before
 * it and not after it is shown. What frames came with is kept as far as it allows that.
 *
 * <p>Where frames do not say when to decode them, it follows from when they are shown. With B-frames they are shown in
 * another order than they come in, and how far apart is learnt from the first frames, which are therefore held back: up
 * to {@value #LOOK_AHEAD} of H.264 and HEVC.
 */
final class ClipTimeline {

    static final int TICKS_PER_SECOND = 90_000;

    private static final int LOOK_AHEAD = 32;
    private static final long LOOK_AHEAD_BYTES = 32L << 20;

    private final List<Held> held = new ArrayList<>();
    private final PriorityQueue<Long> unassigned = new PriorityQueue<>();
    private final PresentationClock clock;
    private final boolean reordering;
    private long heldBytes;
    private boolean begun;
    private boolean ownDecodingTimes;
    private int delay;
    private long start;
    private long decoded = Long.MIN_VALUE;
    private int mended;

    private record Held(EncodedFrame frame, PresentationClock.Moment moment) {

        long pts() {
            return moment.pts();
        }

        /** Its own, where it makes sense. */
        boolean hasDecodingTime() {
            return moment.dts().isPresent()
                    && decodingTime() <= pts()
                    && pts() - decodingTime() <= PresentationClock.FARTHEST_REORDERING;
        }

        long decodingTime() {
            return moment.dts().orElseThrow();
        }
    }

    ClipTimeline(EncodedFrame first) {
        clock = new PresentationClock(first);
        reordering = first.codec().reordersPictures();
    }

    /** What can be written now, in order; usually one, at the beginning none. */
    List<ClipFrame> add(EncodedFrame frame) {
        Held next = new Held(frame, clock.next(frame));
        if (begun) {
            return List.of(place(next));
        }
        held.add(next);
        heldBytes += frame.data().length;
        boolean enough = !reordering || held.size() >= LOOK_AHEAD || heldBytes >= LOOK_AHEAD_BYTES;
        return enough ? begin() : List.of();
    }

    /** What was held back. */
    List<ClipFrame> finish() {
        return begun ? List.of() : begin();
    }

    /** Frames whose own timestamps could not be kept. */
    int mended() {
        return mended;
    }

    private List<ClipFrame> begin() {
        begun = true;
        ownDecodingTimes = !held.isEmpty() && haveDecodingTimes();
        if (!ownDecodingTimes) {
            delay = delay();
            long first = held.stream().mapToLong(Held::pts).min().orElse(0);
            LongStream.rangeClosed(1, delay).forEach(i -> unassigned.add(first - i * clock.step()));
        }
        List<ClipFrame> placed = held.stream().map(this::place).toList();
        held.clear();
        return placed;
    }

    private boolean haveDecodingTimes() {
        long before = Long.MIN_VALUE;
        for (Held next : held) {
            if (!next.hasDecodingTime() || next.decodingTime() <= before) {
                return false;
            }
            before = next.decodingTime();
        }
        return true;
    }

    /** How many frames that are shown after a frame come before it, at most. */
    private int delay() {
        int most = 0;
        for (int i = 0; i < held.size(); i++) {
            long pts = held.get(i).pts();
            most = Math.max(most, (int) held.subList(0, i).stream()
                    .filter(before -> before.pts() > pts)
                    .count());
        }
        return most;
    }

    private ClipFrame place(Held next) {
        long wanted = ownDecodingTimes ? ownDecodingTime(next) : derivedDecodingTime(next);
        long dts = Math.max(Math.min(wanted, next.pts()), decoded == Long.MIN_VALUE ? wanted : decoded + 1);
        long pts = Math.max(next.pts(), dts);
        if (decoded == Long.MIN_VALUE) {
            start = dts;
        }
        if (next.moment().mended() || pts != next.pts() || ownDecodingTimes && dts != wanted) {
            mended++;
        }
        decoded = dts;
        return new ClipFrame(
                next.frame(),
                pts - start,
                dts - start,
                Math.max(1, next.moment().duration()));
    }

    private long ownDecodingTime(Held next) {
        return next.hasDecodingTime()
                ? next.decodingTime()
                : notFarBefore(next.pts(), Math.min(decoded + clock.step(), next.pts()));
    }

    /**
     * The earliest moment that is not taken yet, of this frame and all before it, {@link #delay} frames back: no frame
     * that is still to come is shown before it.
     */
    private long derivedDecodingTime(Held next) {
        unassigned.add(next.pts());
        return notFarBefore(next.pts(), unassigned.remove());
    }

    /** After a long pause, some frames back are hours, more than a file can say; nothing is reordered that far. */
    private static long notFarBefore(long pts, long dts) {
        return Math.max(dts, pts - 2 * PresentationClock.FARTHEST_REORDERING);
    }
}
