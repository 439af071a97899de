package routes.replay.protocol;

/**
 * Length of one unit of a frame's timestamps, in seconds, as a fraction. As received: a hostile or broken sender may
 * give a denominator of zero or a negative length, see {@link #isUsable()}.
 */
public record TimeBase(int numerator, int denominator) {

    /** Savant's own, where a frame gives none: microseconds. */
    public static final TimeBase DEFAULT = new TimeBase(1, 1_000_000);

    public boolean isUsable() {
        return numerator > 0 && denominator > 0;
    }

    /**
     * @param units difference of two timestamps
     * @return as seconds; infinite or not a number with a time base that is not usable
     */
    public double seconds(double units) {
        return units * numerator / denominator;
    }
}
