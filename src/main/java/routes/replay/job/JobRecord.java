package routes.replay.job;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A job as the database has it.
 *
 * @param stopCondition what remains of it, see {@link StopConditionState}
 * @param checkpoint without the stop condition; empty until the anchor was found
 * @param reason why it failed or was cancelled
 * @param startedAt when streaming began
 */
public record JobRecord(
        UUID id,
        JobState state,
        JobDefinition definition,
        double speed,
        JsonNode stopCondition,
        Optional<JobCheckpoint> checkpoint,
        Optional<String> reason,
        Optional<String> idempotencyKey,
        Instant createdAt,
        Optional<Instant> startedAt,
        Optional<Instant> endedAt) {

    /** A new job. */
    public static JobRecord fresh(UUID id, JobDefinition definition, Optional<String> idempotencyKey, Instant now) {
        return new JobRecord(
                id,
                JobState.QUEUED,
                definition,
                definition.request().extras().pacing().speed(),
                StopConditionState.write(
                        Optional.of(definition.request().firstPart().stopCondition()), 0),
                Optional.empty(),
                Optional.empty(),
                idempotencyKey,
                now,
                Optional.empty(),
                Optional.empty());
    }

    /**
     * Where the job goes on.
     *
     * @param now of the clock it goes on by
     */
    public Optional<JobCheckpoint> checkpoint(long now) {
        return checkpoint.map(last -> last.with(StopConditionState.read(stopCondition, now)));
    }
}
