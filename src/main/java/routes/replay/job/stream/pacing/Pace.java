package routes.replay.job.stream.pacing;

/**
 * What a pacer says of the next frame.
 *
 * @param backward its timestamp is before that of the last frame, or cannot be calculated with; a job that stops on
 *     incorrect timestamps fails on it
 * @param waitNanos how long to sleep before it is sent, never negative
 */
record Pace(boolean backward, long waitNanos) {}
