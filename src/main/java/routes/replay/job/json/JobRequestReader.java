package routes.replay.job.json;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import routes.platform.InvalidInputException;
import routes.platform.json.JsonDuration;
import routes.platform.json.JsonFields;
import routes.platform.json.JsonValues;
import routes.replay.job.AttributeCollision;
import routes.replay.job.ContiguousPts;
import routes.replay.job.FrameFilter;
import routes.replay.job.JobConfiguration;
import routes.replay.job.JobDefinition;
import routes.replay.job.JobExtras;
import routes.replay.job.JobPacing;
import routes.replay.job.JobPart;
import routes.replay.job.JobRequest;
import routes.replay.job.JobSink;
import routes.replay.job.JobStart;
import routes.replay.job.Offset;
import routes.replay.job.StopCondition;
import routes.replay.protocol.FrameId;
import routes.replay.protocol.Generation;
import routes.replay.protocol.json.AttributeJson;
import routes.replay.savant.Attribute;
import routes.replay.socket.SinkOptions;

/**
 * Reads what clients send to create or change a job. It finds every mistake that does not depend on the content of the store,
 * all at once. Unknown keys are ignored, as in the original.
 */
public final class JobRequestReader {

    private static final int MAX_PRIORITY = 1000;
    private static final int MOST_PARTS = 1000;

    /** @throws InvalidInputException with every wrong field, its location beginning with {@code body} */
    public JobRequest read(JsonNode body) {
        return inBody(body, JobRequestReader::request);
    }

    /**
     * Reads a job and settles what the service's own settings decide.
     *
     * @param defaults options of sinks for jobs that give none
     * @throws InvalidInputException with every wrong field, its location beginning with {@code body}
     */
    public JobDefinition definition(JsonNode body, SinkOptions defaults) {
        JobRequest request = read(body);
        SinkOptions options = request.sink().options().orElse(defaults);
        ObjectNode settled = body.deepCopy();
        ((ObjectNode) settled.get("sink")).set("options", options.toJson());
        return new JobDefinition(settled, request, options);
    }

    /** @throws InvalidInputException with every wrong field, its location beginning with {@code body} */
    public StopCondition readStopCondition(JsonNode body) {
        return inBody(body, StopCondition::read);
    }

    /**
     * Reads how fast a job is to go on.
     *
     * @throws InvalidInputException with what is wrong, its location beginning with {@code body}
     */
    public double readSpeed(JsonNode body) {
        return inBody(body, node -> {
            JsonFields fields = new JsonFields(node);
            Double speed = fields.required("factor", JobPacing::speed);
            fields.throwIfAnyProblem();
            return speed;
        });
    }

    /**
     * Reads where a job is to go on.
     *
     * @throws InvalidInputException with every wrong field, its location beginning with {@code body}
     */
    public JobStart readStart(JsonNode body) {
        return inBody(body, node -> {
            JsonFields fields = new JsonFields(node);
            FrameId anchor = fields.required("anchor_keyframe", JobRequestReader::frameId);
            Optional<Offset> offset = fields.optional("offset", Offset::read);
            fields.throwIfAnyProblem();
            return new JobStart(anchor, offset.orElse(Offset.NONE));
        });
    }

    /**
     * Reads how many frames a job is to send.
     *
     * @throws InvalidInputException with what is wrong, its location beginning with {@code body}
     */
    public long readStep(JsonNode body) {
        return inBody(body, node -> {
            JsonFields fields = new JsonFields(node);
            Optional<Long> frames = fields.optional("frames", JsonValues.wholeNumber(1, Integer.MAX_VALUE));
            fields.throwIfAnyProblem();
            return frames.orElse(1L);
        });
    }

    private static FrameId frameId(JsonNode node) {
        return FrameId.parse(JsonValues.text(node));
    }

    private static JobRequest request(JsonNode body) {
        JsonFields fields = new JsonFields(body);
        JobSink sink = fields.required("sink", JobSink::read);
        FrameId anchor = fields.required("anchor_keyframe", JobRequestReader::frameId);
        JobConfiguration configuration = fields.required("configuration", JobConfigurationJson::read);
        StopCondition stopCondition = fields.required("stop_condition", StopCondition::read);
        Optional<Duration> anchorWait = fields.optional("anchor_wait_duration", JsonDuration::read);
        Offset offset = fields.required("offset", Offset::read);
        List<Attribute> attributes = fields.required("attributes", node -> JsonValues.list(node, AttributeJson::read));
        JobExtras extras = extras(fields);
        String source = configuration == null ? "" : configuration.storedStreamId();
        Optional<List<JobPart>> playlist = fields.optional("playlist", node -> playlist(node, source));
        fields.throwIfAnyProblem();
        List<JobPart> parts = new ArrayList<>();
        parts.add(new JobPart(
                source,
                new JobStart(anchor, offset),
                anchorWait.orElse(JobPart.DEFAULT_ANCHOR_WAIT),
                stopCondition,
                Duration.ZERO));
        playlist.ifPresent(parts::addAll);
        return new JobRequest(sink, configuration, List.copyOf(parts), attributes, extras);
    }

    private static List<JobPart> playlist(JsonNode node, String source) {
        List<JobPart> parts = JsonValues.list(node, part -> JobPart.read(part, source));
        if (parts.size() >= MOST_PARTS) {
            throw new IllegalArgumentException("must have fewer than " + MOST_PARTS + " parts");
        }
        return parts;
    }

    private static JobExtras extras(JsonFields fields) {
        Optional<AttributeCollision> collision = fields.optional("attribute_collision", JobRequestReader::collision);
        Optional<JobPacing> pacing = fields.optional("pacing", JobPacing::read);
        Optional<FrameFilter> filter = fields.optional("filter", FrameFilter::read);
        Optional<Generation> generation = fields.optional(
                "generation", node -> Generation.of(JsonValues.smallNumber(1, 2).apply(node)));
        Optional<Integer> priority = fields.optional("priority", JsonValues.smallNumber(-MAX_PRIORITY, MAX_PRIORITY));
        Optional<Boolean> exclusive = fields.optional("exclusive_resulting_id", JsonValues::truth);
        Optional<Integer> repeat = fields.optional("repeat", JsonValues.smallNumber(0, Integer.MAX_VALUE));
        Optional<ContiguousPts> contiguousPts = fields.optional("contiguous_pts", ContiguousPts::read);
        Optional<Instant> startAt = fields.optional("start_at", JsonValues::instant);
        return new JobExtras(
                collision.orElse(AttributeCollision.ERROR),
                pacing.orElse(JobPacing.AS_RECORDED),
                filter.orElse(FrameFilter.ALL),
                generation,
                priority.orElse(0),
                exclusive.orElse(false),
                repeat.orElse(1),
                contiguousPts,
                startAt);
    }

    private static AttributeCollision collision(JsonNode node) {
        String text = JsonValues.text(node);
        return Arrays.stream(AttributeCollision.values())
                .filter(policy -> policy.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("must be error, replace or keep"));
    }

    private static <T> T inBody(JsonNode body, Function<JsonNode, T> reader) {
        return JsonFields.read("body", body, reader);
    }
}
