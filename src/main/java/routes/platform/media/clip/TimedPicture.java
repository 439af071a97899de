package routes.platform.media.clip;

import java.util.OptionalLong;

import routes.platform.media.EncodedFrame;

/** A frame on its way into a clip: it comes in the order of coding, and is given its time in the order of display. */
final class TimedPicture {

    private final EncodedFrame frame;
    private final PictureOrder.Position position;
    private final long number;
    private OptionalLong recorded;
    private long wall;
    private long pts;
    private boolean timed;
    private boolean mended;

    /**
     * @param number how many frames came before it
     * @param recorded its own timestamp in ticks of a clip
     * @param wall when it was made, in ticks
     */
    TimedPicture(EncodedFrame frame, PictureOrder.Position position, long number, OptionalLong recorded, long wall) {
        this.frame = frame;
        this.position = position;
        this.number = number;
        this.recorded = recorded;
        this.wall = wall;
    }

    EncodedFrame frame() {
        return frame;
    }

    PictureOrder.Position position() {
        return position;
    }

    long number() {
        return number;
    }

    /** The timestamp for its place in the order of display. */
    OptionalLong recorded() {
        return recorded;
    }

    void setRecorded(OptionalLong ticks) {
        recorded = ticks;
    }

    /** When the picture for its place in the order of display was made. */
    long wall() {
        return wall;
    }

    void setWall(long ticks) {
        wall = ticks;
    }

    /** Whether it is known when it is shown. */
    boolean isTimed() {
        return timed;
    }

    long pts() {
        return pts;
    }

    /** Whether it is shown at another time than it says itself. */
    boolean isMended() {
        return mended;
    }

    void showAt(long ticks, boolean otherThanItSays) {
        pts = ticks;
        mended = otherThanItSays;
        timed = true;
    }
}
