package routes.replay.job.stream;

import java.util.Optional;
import java.util.OptionalLong;

import routes.replay.protocol.FrameHeader;
import routes.replay.protocol.Framerate;
import routes.replay.protocol.TimeBase;

/**
 * When and for how long a frame is shown. Nothing in it is absurd, except perhaps its presentation time.
 *
 * @param timeBase usable
 * @param pts presentation time in units of the time base; any number
 * @param delay from its decoding to its presentation, in units of the time base; absent where no decoding time is given,
 *     or one that cannot be
 * @param length how long it is shown, in units of the time base, at least 1
 */
public record FrameTiming(TimeBase timeBase, boolean keyframe, long pts, OptionalLong delay, long length) {

    /** No frame is shown longer, or decoded earlier than this before it is shown. */
    private static final double MOST_SECONDS = 60;

    public static FrameTiming of(FrameHeader frame) {
        TimeBase timeBase = frame.timeBase().isUsable() ? frame.timeBase() : TimeBase.DEFAULT;
        OptionalLong delay = frame.decodingDelay();
        boolean sensible = delay.isPresent() && delay.getAsLong() >= 0 && isShort(timeBase, delay.getAsLong());
        return new FrameTiming(
                timeBase,
                frame.isKeyframe(),
                frame.pts(),
                sensible ? delay : OptionalLong.empty(),
                length(frame, timeBase));
    }

    /** By its own duration, or else by its frame rate. */
    private static long length(FrameHeader frame, TimeBase timeBase) {
        long duration = frame.duration().orElse(0);
        if (duration > 0 && isShort(timeBase, duration)) {
            return duration;
        }
        double seconds = Optional.of(frame.framerate())
                .flatMap(Framerate::parse)
                .map(Framerate::frameSeconds)
                .filter(length -> length > 0 && length <= MOST_SECONDS)
                .orElseGet(Framerate.DEFAULT::frameSeconds);
        return Math.max(1, Math.round(seconds / timeBase.seconds(1)));
    }

    private static boolean isShort(TimeBase timeBase, long units) {
        return timeBase.seconds(units) <= MOST_SECONDS;
    }
}
