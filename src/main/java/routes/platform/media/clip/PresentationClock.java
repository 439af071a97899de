package routes.platform.media.clip;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongConsumer;

import org.jspecify.annotations.Nullable;

/**
 * Gives the pictures of a clip, in the order they are shown, the times they are shown at. How long the film is follows from
 * the wall: the times its frames were made. Recorded timestamps refine that as long as they are plausible, which is
 * judged by the pictures that follow: one timestamp that does not fit is replaced by a time between its neighbours',
 * many that fit each other begin a new time line, which goes on where the wall says.
 */
final class PresentationClock {

    /** The longest pause that is kept: an MP4 file has 31 bits for it. */
    static final long LONGEST_PAUSE = 6L * 3600 * ClipTimeline.TICKS_PER_SECOND;

    /** Pictures are shown at least this far apart; Matroska counts in milliseconds. */
    private static final long SHORTEST_STEP = ClipTimeline.TICKS_PER_SECOND / 1000;

    private static final long LONGEST_STEP = 60L * ClipTimeline.TICKS_PER_SECOND;

    /** How far timestamps and wall may differ between two pictures. */
    private static final long JITTER = ClipTimeline.TICKS_PER_SECOND;

    /** Assumed where the rate is unknown: 25 frames per second. */
    private static final long USUAL_STEP = ClipTimeline.TICKS_PER_SECOND / 25;

    /** How many pictures are looked at before one of them gets its time. */
    private static final int LOOK_AHEAD = 16;

    private static final int REMEMBERED_STEPS = 9;
    private static final int INERTIA = 64;

    private final List<TimedPicture> waiting = new ArrayList<>();
    private final Deque<Long> steps = new ArrayDeque<>();
    private final Ticks ticks;
    private final LongConsumer shown;

    /** The picture shown last whose own timestamp was taken, and what that differs by from its time. */
    private @Nullable TimedPicture anchor;

    private long offset;
    private @Nullable TimedPicture latest;
    private long wallOffset;

    /** @param shown receives each picture with its time */
    PresentationClock(Ticks ticks, LongConsumer shown) {
        this.ticks = ticks;
        this.shown = shown;
    }

    /** The picture that is shown after the one before. */
    void add(TimedPicture next) {
        waiting.add(next);
        if (waiting.size() > LOOK_AHEAD) {
            advance();
        }
    }

    /** Gives at least one waiting picture its time; false when none waits. */
    boolean advance() {
        if (waiting.isEmpty()) {
            return false;
        }
        TimedPicture before = latest;
        TimedPicture line = anchor;
        int next = line == null ? -1 : continuing(line);
        if (before != null && next >= 0) {
            follow(before, next);
        } else {
            startOver(before);
        }
        return true;
    }

    /** Those before the picture that continues the time line are spread evenly. */
    private void follow(TimedPicture before, int next) {
        long from = before.pts();
        TimedPicture continuing = waiting.get(next);
        long length = continuing.recorded().orElseThrow() + offset - from;
        for (int i = 0; i <= next; i++) {
            show(waiting.get(i), from + length * (i + 1) / (next + 1), i < next);
        }
        anchor(continuing);
        waiting.subList(0, next + 1).clear();
    }

    private void startOver(@Nullable TimedPicture before) {
        TimedPicture head = waiting.get(0);
        if (before == null) {
            learnStep();
        }
        boolean repetition = anchor != null && apart(anchor, head) == 0;
        boolean begins = !repetition && isFollowed(head);
        show(head, before == null ? 0 : before.pts() + sinceByWall(before), before != null || !begins);
        if (begins) {
            offset = head.pts() - head.recorded().orElseThrow();
            anchor(head);
        } else if (before == null) {
            wallOffset = head.pts() - head.wall();
        }
        waiting.remove(0);
    }

    private void show(TimedPicture picture, long pts, boolean mended) {
        TimedPicture before = latest;
        if (before != null && !mended) {
            remember(pts - before.pts());
        }
        picture.showAt(pts, mended);
        latest = picture;
        shown.accept(pts);
    }

    /** The wall clock is followed slowly, so that small corrections do not add up. */
    private void anchor(TimedPicture picture) {
        long change = picture.pts() - picture.wall() - wallOffset;
        wallOffset += anchor == null || Math.abs(change) > JITTER ? change : change / INERTIA;
        anchor = picture;
    }

    /** Whether the wall clock means anything; it does not for a file that was sent as fast as it could be read. */
    private boolean isWallPlausible() {
        long from = latest == null ? waiting.get(0).wall() : latest.wall();
        return (waiting.get(waiting.size() - 1).wall() - from) / waiting.size() >= step() / 4;
    }

    /** Index of the first picture that goes on with a time line; -1 when none of those that wait does. */
    private int continuing(TimedPicture line) {
        for (int i = 0; i < waiting.size(); i++) {
            TimedPicture candidate = waiting.get(i);
            if (isPlausible(line, candidate, i + 1) && leavesRoom(candidate, i + 1) && !isContradicted(line, i)) {
                return fitsBetterFromHead(line, i) ? -1 : i;
            }
        }
        return -1;
    }

    /** A camera that starts again may soon be where it was; but the pictures until then are no outliers. */
    private boolean fitsBetterFromHead(TimedPicture line, int candidate) {
        TimedPicture head = waiting.get(0);
        if (candidate == 0 || head.recorded().isEmpty() || apart(line, head) == 0) {
            return false;
        }
        long fromHead = Math.abs(apart(head, waiting.get(candidate)) - candidate * step());
        return fromHead < Math.abs(apart(line, waiting.get(candidate)) - (candidate + 1) * step());
    }

    private boolean leavesRoom(TimedPicture candidate, int pictures) {
        TimedPicture before = latest;
        return before == null || candidate.recorded().orElseThrow() + offset - before.pts() >= pictures * SHORTEST_STEP;
    }

    /** Whether pictures that follow go on with the time line, too, but are shown earlier by what they say. */
    private boolean isContradicted(TimedPicture line, int candidate) {
        int earlier = 0;
        int later = 0;
        for (int i = candidate + 1; i < waiting.size(); i++) {
            if (isPlausible(line, waiting.get(i), i + 1)) {
                long apart = apart(waiting.get(candidate), waiting.get(i));
                earlier += apart < 0 ? 1 : 0;
                later += apart > 0 ? 1 : 0;
            }
        }
        return earlier > Math.min(1, later);
    }

    /** Whether most of the pictures that follow go on from here; repetitions say nothing. */
    private boolean isFollowed(TimedPicture head) {
        if (head.recorded().isEmpty()) {
            return false;
        }
        int following = 0;
        int others = 0;
        for (int i = 1; i < waiting.size(); i++) {
            if (isPlausible(head, waiting.get(i), i)) {
                following++;
            } else if (apart(head, waiting.get(i)) != 0) {
                others++;
            }
        }
        return following >= others;
    }

    /** @param pictures from one to the other */
    private boolean isPlausible(TimedPicture from, TimedPicture to, int pictures) {
        if (to.recorded().isEmpty()) {
            return false;
        }
        long apart = apart(from, to);
        long byWall = to.wall() - from.wall();
        long likely = Math.max(byWall, 2 * pictures * step());
        if (to != waiting.get(waiting.size() - 1)) {
            // The pictures that follow will decide
            likely = byWall <= 0 || !isWallPlausible() ? LONGEST_PAUSE : likely + JITTER;
        }
        return apart >= SHORTEST_STEP && apart <= Math.min(likely, LONGEST_PAUSE);
    }

    /** By recorded timestamps; 0 where one is missing or repeats the other. */
    private static long apart(TimedPicture from, TimedPicture to) {
        OptionalLong one = from.recorded();
        OptionalLong other = to.recorded();
        long apart = one.isEmpty() || other.isEmpty() ? 0 : other.getAsLong() - one.getAsLong();
        return Math.abs(apart) < SHORTEST_STEP ? 0 : apart;
    }

    /** Frames arrive in bursts, so the wall time of all waiting pictures is spread over them, up to the next pause. */
    private long sinceByWall(TimedPicture before) {
        TimedPicture head = waiting.get(0);
        if (head.wall() - before.wall() > JITTER) {
            return Math.min(LONGEST_PAUSE, Math.max(step(), head.wall() + wallOffset - before.pts()));
        }
        int last = 0;
        while (last + 1 < waiting.size()
                && waiting.get(last + 1).wall() - waiting.get(last).wall() <= JITTER) {
            last++;
        }
        long each = (waiting.get(last).wall() + wallOffset - before.pts()) / (last + 1);
        return isWallPlausible() ? Math.max(each, step() / 2) : step();
    }

    private void learnStep() {
        TimedPicture head = waiting.get(0);
        int from = 0;
        for (int i = 1; i < waiting.size(); i++) {
            long apart = apart(waiting.get(from), waiting.get(i));
            if (apart != 0) {
                remember(apart / (i - from));
                from = i;
            }
        }
        if (steps.isEmpty()) {
            remember(ticks.duration(head.frame()).orElse(USUAL_STEP));
        }
    }

    private void remember(long step) {
        if (step >= SHORTEST_STEP && step <= LONGEST_STEP) {
            steps.add(step);
            if (steps.size() > REMEMBERED_STEPS) {
                steps.remove();
            }
        }
    }

    /** Between two pictures, as far as known: the median of late. */
    long step() {
        return steps.isEmpty()
                ? USUAL_STEP
                : steps.stream().sorted().skip(steps.size() / 2).findFirst().orElseThrow();
    }
}
