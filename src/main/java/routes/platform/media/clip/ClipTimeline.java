package routes.platform.media.clip;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import java.util.PriorityQueue;

import org.jspecify.annotations.Nullable;
import routes.platform.media.EncodedFrame;

/**
 * Gives the frames of a clip timestamps that a player takes: they begin at 0, every frame is decoded after the one before
 * it and not after it is shown. {@link PictureOrder} says in which order they are shown, a {@link PresentationClock}
 * when, and when they are decoded follows from both. The timestamps of decoding that frames came with add nothing.
 *
 * <p>Holds frames back until it is certain which one is shown next, and which of their timestamps can be believed.
 */
final class ClipTimeline {

    static final int TICKS_PER_SECOND = 90_000;

    private static final long MOST_HELD_BYTES = 32L << 20;

    private static final int MOST_VOTES = 8;

    private final Ticks ticks;
    private final PresentationClock clock;

    /** In the order they came. */
    private final Deque<TimedPicture> held = new ArrayDeque<>();

    /** The frames whose place in the order of display is not known yet. */
    private final PriorityQueue<TimedPicture> unordered =
            new PriorityQueue<>(Comparator.comparing(TimedPicture::position).thenComparingLong(TimedPicture::number));

    /** When these were made, in the order they came; what is shown first is taken as made first. */
    private final Deque<Long> walls = new ArrayDeque<>();

    /** The timestamps of these frames, in the order they came. */
    private final Deque<OptionalLong> stamps = new ArrayDeque<>();

    /** Times at which frames are shown, by which later ones are decoded. */
    private final Deque<Long> shown = new ArrayDeque<>();

    private @Nullable TimedPicture latest;

    /** Above 0 when timestamps rise in the order of display, below when they rise in that of coding. */
    private int stampedForDisplay;

    private long heldBytes;
    private boolean begun;
    private long start;
    private long decoded;
    private int mended;

    ClipTimeline(EncodedFrame first) {
        ticks = new Ticks(first);
        clock = new PresentationClock(ticks, shown::add);
    }

    /** The frames that can be written now, in the order they came; none at the beginning. */
    List<ClipFrame> add(EncodedFrame frame, PictureOrder.Position position) {
        TimedPicture next = new TimedPicture(
                frame, position, latest == null ? 0 : latest.number() + 1, ticks.pts(frame), ticks.wall(frame));
        learnStamps(next);
        if (!unordered.isEmpty() && unordered.peek().position().sequence() < position.sequence()) {
            order(0);
        }
        held.add(next);
        heldBytes += frame.data().length;
        unordered.add(next);
        walls.add(next.wall());
        stamps.add(next.recorded());
        order(PictureOrder.LONGEST_DELAY);
        List<ClipFrame> placed = place();
        while (heldBytes > MOST_HELD_BYTES && hurry()) {
            placed.addAll(place());
        }
        return placed;
    }

    /** The frames that were held back. */
    List<ClipFrame> finish() {
        order(0);
        while (clock.advance()) {
            continue;
        }
        return place();
    }

    /** Frames whose own timestamps could not be kept. */
    int mended() {
        return mended;
    }

    /** A recorder that stamps frames at their arrival stamps them in coding order. */
    private void learnStamps(TimedPicture next) {
        TimedPicture before = latest;
        latest = next;
        if (before != null
                && next.position().compareTo(before.position()) < 0
                && next.recorded().isPresent()
                && before.recorded().isPresent()) {
            int vote =
                    Long.compare(before.recorded().getAsLong(), next.recorded().getAsLong());
            stampedForDisplay = Math.max(-MOST_VOTES, Math.min(MOST_VOTES, stampedForDisplay + vote));
        }
    }

    private void order(int mostLeft) {
        while (unordered.size() > mostLeft) {
            TimedPicture next = unordered.remove();
            next.setWall(walls.remove());
            OptionalLong first = stamps.remove();
            if (stampedForDisplay < 0) {
                next.setRecorded(first);
            }
            clock.add(next);
        }
    }

    /** Decides on one frame before it is certain; false when no frame is left. */
    private boolean hurry() {
        if (clock.advance()) {
            return true;
        }
        order(Math.max(0, unordered.size() - 1));
        return clock.advance();
    }

    private List<ClipFrame> place() {
        List<ClipFrame> placed = new ArrayList<>();
        while (!held.isEmpty() && held.peek().isTimed()) {
            if (!begun) {
                long first = shown.element();
                for (int i = 1; i <= delay(); i++) {
                    shown.addFirst(first - i * clock.step());
                }
            }
            placed.add(place(held.remove()));
            begun = true;
        }
        return placed;
    }

    /** The most frames that come before a frame but are shown after it; later there may be more. */
    private int delay() {
        return held.stream()
                .mapToInt(frame -> (int) held.stream()
                        .filter(before -> before.number() < frame.number()
                                && before.position().compareTo(frame.position()) > 0)
                        .count())
                .max()
                .orElse(0);
    }

    /** When frames are decoded too late for a coming one, it holds back one frame more from then on. */
    private ClipFrame place(TimedPicture next) {
        heldBytes -= next.frame().data().length;
        long latest = next.pts();
        int later = 0;
        for (TimedPicture other : held) {
            later++;
            if (other.isTimed()) {
                latest = Math.min(latest, other.pts() - later);
            }
        }
        long wanted = shown.element() <= latest ? shown.remove() : latest;
        long dts = Math.max(wanted, next.pts() - PresentationClock.LONGEST_PAUSE);
        dts = begun ? Math.max(dts, decoded + 1) : dts;
        long pts = Math.max(next.pts(), dts);
        start = begun ? start : dts;
        decoded = dts;
        if (next.isMended() || pts != next.pts()) {
            mended++;
        }
        return new ClipFrame(next.frame(), pts - start, dts - start, clock.step());
    }
}
