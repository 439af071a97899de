package routes.replay.job;

import java.time.Instant;
import java.util.Optional;

import routes.replay.protocol.Generation;

/**
 * What a job can have that the original does not know. Left out of a request, everything is as in the original.
 *
 * @param generation of the wire that everything is sent in; absent: what was recorded in it
 * @param priority of waiting jobs the one with the highest starts first
 * @param exclusiveResultingId while this job lives no other may write to its resulting id, and it is refused where one
 *     does
 * @param repeat how many times all parts are sent, 0 for ever
 * @param contiguousPts absent: timestamps are sent as recorded
 * @param startAt when the first part begins; absent: at once
 */
public record JobExtras(
        AttributeCollision attributeCollision,
        JobPacing pacing,
        FrameFilter filter,
        Optional<Generation> generation,
        int priority,
        boolean exclusiveResultingId,
        int repeat,
        Optional<ContiguousPts> contiguousPts,
        Optional<Instant> startAt) {}
