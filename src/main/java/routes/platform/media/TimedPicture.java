package routes.platform.media;

import java.util.OptionalLong;

/** A frame on its way into a clip: it comes in the order of coding, and is given its time in the order of display. */
final class TimedPicture {

    private final EncodedFrame frame;
    private final PictureOrder.Position position;
    private final long number;
    private final OptionalLong recorded;
    private long wall;
    private long pts;
    private boolean timed;
    private boolean mended;

    /**
     * @param number how many frames came before it
     * @param recorded its own timestamp in ticks of a clip
     */
    TimedPicture(EncodedFrame frame, PictureOrder.Position position, long number, OptionalLong recorded) {
        this.frame = frame;
        this.position = position;
        this.number = number;
        this.recorded = recorded;
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

    OptionalLong recorded() {
        return recorded;
    }

    /** When the picture in its place was made, in ticks. */
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
