package routes.replay.job;

import java.time.Instant;
import java.util.Optional;

import routes.replay.protocol.Generation;

/**
 * Options of a job that the original does not have. Without them a job behaves as in the original.
 *
 * @param generation of the wire that everything is sent in; absent: each message is sent as it was recorded
 * @param priority the waiting job with the highest priority starts first
 * @param exclusiveResultingId whether this job must be the only one that writes to its resulting id
 * @param repeat how many times all parts are sent; 0 means for ever
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
