package routes.replay.job.stream.pacing;

import java.time.Duration;

import routes.replay.job.JobConfiguration;

/**
 * Bounds of the gap before a frame.
 *
 * @param min least gap
 * @param max greatest gap; equal to {@code min} it gives a constant rate whatever the timestamps
 * @param fix gap before a frame whose timestamp went backward, within the bounds as well
 * @param speed 1 is as recorded, 2 twice as fast; above zero. Gaps are divided by it after they were bounded
 */
record PacingLimits(Duration min, Duration max, Duration fix, double speed) {

    PacingLimits {
        if (min.compareTo(max) > 0) {
            throw new IllegalArgumentException("min is above max");
        }
        if (!(speed > 0) || Double.isInfinite(speed)) {
            throw new IllegalArgumentException("speed must be above zero");
        }
    }

    static PacingLimits of(JobConfiguration job, double speed) {
        return new PacingLimits(job.minDuration(), job.maxDuration(), job.tsDiscrepancyFixDuration(), speed);
    }
}
