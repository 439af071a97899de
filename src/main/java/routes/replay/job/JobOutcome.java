package routes.replay.job;

import java.util.Optional;

/**
 * How a job ended.
 *
 * @param reason for people; empty when it ended as it should
 */
public record JobOutcome(JobState state, Optional<String> reason) {

    public static final JobOutcome COMPLETED = new JobOutcome(JobState.COMPLETED, Optional.empty());

    public static JobOutcome failed(String reason) {
        return new JobOutcome(JobState.FAILED, Optional.of(reason));
    }

    public static JobOutcome cancelled(String reason) {
        return new JobOutcome(JobState.CANCELLED, Optional.of(reason));
    }
}
