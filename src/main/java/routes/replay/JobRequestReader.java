package routes.replay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

import com.fasterxml.jackson.databind.JsonNode;
import routes.platform.FieldProblem;
import routes.platform.InvalidInputException;
import routes.replay.savant.Attribute;

/**
 * Reads what clients send to make a job or to change one. Everything that can be wrong whatever the store holds is
 * found here, all at once. Unknown keys are ignored, as in the original.
 */
final class JobRequestReader {

    private static final int MAX_PRIORITY = 1000;
    private static final Duration DEFAULT_ANCHOR_WAIT = Duration.ofMillis(1);

    /** @throws InvalidInputException with every wrong field, its location beginning with {@code body} */
    JobRequest read(JsonNode body) {
        return inBody(body, JobRequestReader::request);
    }

    /** @throws InvalidInputException with every wrong field, its location beginning with {@code body} */
    StopCondition readStopCondition(JsonNode body) {
        return inBody(body, StopCondition::read);
    }

    /**
     * Reads how fast a job is to go on.
     *
     * @throws InvalidInputException with what is wrong, its location beginning with {@code body}
     */
    double readSpeed(JsonNode body) {
        return inBody(body, node -> {
            JsonFields fields = new JsonFields(node);
            Double speed = fields.required("factor", JobPacing::speed);
            fields.throwIfAnyProblem();
            return speed;
        });
    }

    private static JobRequest request(JsonNode body) {
        JsonFields fields = new JsonFields(body);
        JobSink sink = fields.required("sink", JobSink::read);
        FrameId anchor = fields.required("anchor_keyframe", node -> FrameId.parse(JsonValues.text(node)));
        JobConfiguration configuration = fields.required("configuration", JobConfigurationJson::read);
        StopCondition stopCondition = fields.required("stop_condition", StopCondition::read);
        Optional<Duration> anchorWait = fields.optional("anchor_wait_duration", JsonDuration::read);
        Offset offset = fields.required("offset", Offset::read);
        List<Attribute> attributes = fields.required("attributes", node -> JsonValues.list(node, AttributeJson::read));
        JobExtras extras = extras(fields);
        fields.throwIfAnyProblem();
        return new JobRequest(
                sink,
                configuration,
                stopCondition,
                anchor,
                anchorWait.orElse(DEFAULT_ANCHOR_WAIT),
                offset,
                attributes,
                extras);
    }

    private static JobExtras extras(JsonFields fields) {
        Optional<AttributeCollision> collision = fields.optional("attribute_collision", JobRequestReader::collision);
        Optional<JobPacing> pacing = fields.optional("pacing", JobPacing::read);
        Optional<FrameFilter> filter = fields.optional("filter", FrameFilter::read);
        Optional<Generation> generation = fields.optional(
                "generation", node -> Generation.of(JsonValues.smallNumber(1, 2).apply(node)));
        Optional<Integer> priority = fields.optional("priority", JsonValues.smallNumber(-MAX_PRIORITY, MAX_PRIORITY));
        Optional<Boolean> exclusive = fields.optional("exclusive_resulting_id", JsonValues::truth);
        return new JobExtras(
                collision.orElse(AttributeCollision.ERROR),
                pacing.orElse(JobPacing.AS_RECORDED),
                filter.orElse(FrameFilter.ALL),
                generation,
                priority.orElse(0),
                exclusive.orElse(false));
    }

    private static AttributeCollision collision(JsonNode node) {
        String text = JsonValues.text(node);
        return Arrays.stream(AttributeCollision.values())
                .filter(policy -> policy.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("must be error, replace or keep"));
    }

    private static <T> T inBody(JsonNode body, Function<JsonNode, T> reader) {
        List<FieldProblem> problems = new ArrayList<>();
        return JsonFields.read("body", body, reader, problems).orElseThrow(() -> new InvalidInputException(problems));
    }
}
