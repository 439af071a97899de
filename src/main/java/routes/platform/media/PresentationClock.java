package routes.platform.media;

import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * Gives the frames of a clip the moments they are shown at: those they came with, as long as time goes on. Where it
 * jumps, back or by hours, the clip goes on one frame later instead.
 */
final class PresentationClock {

    /** Frames may be shown in another order than they come in, but not further apart than this. */
    static final long FARTHEST_REORDERING = 5L * ClipTimeline.TICKS_PER_SECOND;

    /** Longest pause that is kept: an MP4 file has 31 bits for it. */
    private static final long LONGEST_PAUSE = 6L * 3600 * ClipTimeline.TICKS_PER_SECOND;

    /** Assumed where nothing tells: 25 frames a second. */
    private static final long USUAL_STEP = ClipTimeline.TICKS_PER_SECOND / 25;

    private static final int REMEMBERED = 64;

    private final TreeSet<Long> recent = new TreeSet<>();
    private final Ticks ticks;
    private final boolean reordering;
    private long offset;
    private long latest;
    private long step = USUAL_STEP;

    /**
     * @param first begins the clip at 0
     */
    PresentationClock(EncodedFrame first) {
        ticks = new Ticks(first);
        reordering = first.codec().reordersPictures();
    }

    /**
     * @param pts when it is shown
     * @param dts when it is to be decoded, if it says so
     * @param mended it says otherwise
     */
    record Moment(long pts, OptionalLong dts, long duration, boolean mended) {}

    Moment next(EncodedFrame frame) {
        boolean jumped = !recent.isEmpty() && jumps(frame);
        if (jumped) {
            offset = latest + step - ticks.pts(frame).orElse(0);
        }
        long wanted = ticks.pts(frame).orElse(0) + offset;
        long pts = free(wanted);
        OptionalLong dts = shifted(ticks.dts(frame));
        remember(pts);
        return new Moment(pts, dts, duration(frame), jumped || pts != wanted);
    }

    private long duration(EncodedFrame frame) {
        long own = ticks.duration(frame).orElse(step);
        return own <= LONGEST_PAUSE ? own : step;
    }

    private OptionalLong shifted(OptionalLong dts) {
        return dts.isPresent() ? OptionalLong.of(dts.getAsLong() + offset) : dts;
    }

    private boolean jumps(EncodedFrame frame) {
        OptionalLong own = ticks.pts(frame);
        if (own.isEmpty()) {
            return true;
        }
        long pts = own.getAsLong() + offset;
        if (pts > latest + LONGEST_PAUSE || pts < latest - FARTHEST_REORDERING) {
            return true;
        }
        // A keyframe is shown after all that came before it; equal is a repetition, which needs no new beginning
        return pts < latest && (!reordering || frame.keyframe());
    }

    /** No two frames at once: a repetition is shown half a frame later, which is over before the next is due. */
    private long free(long wanted) {
        long pts = wanted;
        while (recent.contains(pts)) {
            Long next = recent.higher(pts);
            pts += next == null ? Math.max(1, step / 2) : Math.max(1, (next - pts) / 2);
        }
        return pts;
    }

    private void remember(long pts) {
        if (!recent.isEmpty()) {
            Long before = recent.lower(pts);
            if (before != null && pts - before < LONGEST_PAUSE) {
                step = Math.max(1, Math.min(pts - before, ClipTimeline.TICKS_PER_SECOND));
            }
        }
        latest = recent.isEmpty() ? pts : Math.max(latest, pts);
        recent.add(pts);
        if (recent.size() > REMEMBERED) {
            recent.pollFirst();
        }
    }

    /** Between two frames, as far as known. */
    long step() {
        return step;
    }
}
