package routes.replay.job;

import java.time.Duration;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import routes.platform.json.JsonDuration;
import routes.platform.json.JsonFields;
import routes.platform.json.JsonValues;
import routes.replay.protocol.FrameId;

/**
 * A stretch of a recording that a job sends. The first one is in the request as in the original; others are in its
 * {@code playlist}.
 *
 * @param source that is read
 * @param anchorWait how long the anchor is waited for; it is looked for at least once
 * @param gap between the frame before and the first of this part
 */
public record JobPart(String source, JobStart start, Duration anchorWait, StopCondition stopCondition, Duration gap) {

    public static final Duration DEFAULT_ANCHOR_WAIT = Duration.ofMillis(1);

    /** Reads an item of a playlist. Where it names no source, the source is that of the job. */
    public static JobPart read(JsonNode node, String jobSource) {
        JsonFields fields = new JsonFields(node);
        Optional<String> source = fields.optional("stored_stream_id", JsonValues::nonEmptyText);
        FrameId anchor = fields.required("anchor_keyframe", value -> FrameId.parse(JsonValues.text(value)));
        Optional<Offset> offset = fields.optional("offset", Offset::read);
        Optional<Duration> anchorWait = fields.optional("anchor_wait_duration", JsonDuration::read);
        StopCondition stopCondition = fields.required("stop_condition", StopCondition::read);
        Optional<Duration> gap = fields.optional("gap", JsonDuration::read);
        fields.throwIfAnyProblem();
        return new JobPart(
                source.orElse(jobSource),
                new JobStart(anchor, offset.orElse(Offset.NONE)),
                anchorWait.orElse(DEFAULT_ANCHOR_WAIT),
                stopCondition,
                gap.orElse(Duration.ZERO));
    }
}
