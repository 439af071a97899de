package routes.replay;

import java.util.Optional;

/**
 * How a job ended.
 *
 * @param reason for people; empty when it ended as it should
 */
record JobOutcome(JobState state, Optional<String> reason) {

    static final JobOutcome COMPLETED = new JobOutcome(JobState.COMPLETED, Optional.empty());

    static JobOutcome failed(String reason) {
        return new JobOutcome(JobState.FAILED, Optional.of(reason));
    }

    static JobOutcome cancelled(String reason) {
        return new JobOutcome(JobState.CANCELLED, Optional.of(reason));
    }
}
