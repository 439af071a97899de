package routes.replay;

/**
 * Length of one unit of a frame's timestamps, in seconds, as a fraction. As received: a hostile or broken sender may
 * give a denominator of zero or a negative length, see {@link #isUsable()}.
 */
record TimeBase(int numerator, int denominator) {

    /** Savant's own, where a frame gives none: microseconds. */
    static final TimeBase DEFAULT = new TimeBase(1, 1_000_000);

    boolean isUsable() {
        return numerator > 0 && denominator > 0;
    }

    /**
     * @param units difference of two timestamps
     * @return as seconds; infinite or not a number with a time base that is not usable
     */
    double seconds(double units) {
        return units * numerator / denominator;
    }
}
