package routes.replay.job.json;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import routes.replay.job.JobCheckpoint;
import routes.replay.job.JobDefinition;
import routes.replay.job.JobPart;
import routes.replay.job.JobRecord;
import routes.replay.job.JobRequest;
import routes.replay.job.StopCondition;
import routes.replay.job.StopConditionState;
import routes.replay.protocol.FrameId;
import routes.replay.protocol.json.AttributeJson;

/** Jobs as the HTTP interface shows them. */
public final class JobJson {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private JobJson() {}

    /** The list of the original: id, configuration, what is left of the stop condition. */
    public static ObjectNode running(List<JobRecord> jobs) {
        ArrayNode list = JSON.arrayNode();
        jobs.forEach(job -> list.add(summary(job).add(remaining(job))));
        return JSON.objectNode().set("jobs", list);
    }

    /** The list of the original: id, configuration, why it failed or null. */
    public static ObjectNode stopped(List<JobRecord> jobs) {
        ArrayNode list = JSON.arrayNode();
        jobs.forEach(job -> list.add(summary(job).add(job.reason().orElse(null))));
        return JSON.objectNode().set("stopped_jobs", list);
    }

    private static ArrayNode summary(JobRecord job) {
        return JSON.arrayNode().add(job.id().toString()).add(configuration(job));
    }

    private static ObjectNode configuration(JobRecord job) {
        return JobConfigurationJson.write(job.definition().request().configuration());
    }

    /** Of a job whose condition is fulfilled, the last part has ended. */
    private static JsonNode remaining(JobRecord job) {
        return StopConditionState.read(job.stopCondition(), 0)
                .map(StopCondition::toJson)
                .orElseGet(() -> {
                    List<JobPart> parts = job.definition().request().parts();
                    return parts.get(parts.size() - 1).stopCondition().fulfilled();
                });
    }

    /**
     * Everything about a job.
     *
     * @param lagMs how far the job is behind the newest entry; empty when that is unknown
     * @param trouble what keeps the job from going on now
     */
    public static ObjectNode detail(JobRecord job, OptionalLong lagMs, Optional<String> trouble) {
        JobRequest request = job.definition().request();
        ObjectNode json = JSON.objectNode();
        json.put("id", job.id().toString());
        json.put("state", job.state().text());
        json.put("created_at", job.createdAt().toString());
        json.put("started_at", job.startedAt().map(Instant::toString).orElse(null));
        json.put("ended_at", job.endedAt().map(Instant::toString).orElse(null));
        json.set("configuration", configuration(job));
        json.set("stop_condition", remaining(job));
        json.set("sink", sink(job.definition()));
        json.put("anchor_keyframe", request.firstPart().start().anchor().toString());
        json.set("offset", request.firstPart().start().offset().toJson());
        ArrayNode attributes = json.putArray("attributes");
        request.attributes().forEach(attribute -> attributes.add(AttributeJson.write(attribute)));
        json.put("priority", request.extras().priority());
        progress(job, json);
        lagMs.ifPresentOrElse(lag -> json.put("lag_ms", lag), () -> json.putNull("lag_ms"));
        json.put("speed", job.speed());
        json.put("last_error", job.reason().or(() -> trouble).orElse(null));
        return json;
    }

    /** Where a job sends to, with the options in effect and the name of its keys. */
    public static ObjectNode sink(JobDefinition job) {
        ObjectNode json = JSON.objectNode().put("url", job.sink());
        json.set("options", job.sinkOptions().toJson());
        job.request().sink().curve().ifPresent(name -> json.put("curve", name));
        return json;
    }

    private static void progress(JobRecord job, ObjectNode json) {
        Optional<JobCheckpoint> checkpoint = job.checkpoint();
        json.put("part", checkpoint.map(JobCheckpoint::part).orElse(null));
        json.put("start", checkpoint.map(JobCheckpoint::start).orElse(null));
        json.put("position", checkpoint.map(JobCheckpoint::position).orElse(null));
        json.put(
                "last_frame",
                checkpoint
                        .flatMap(JobCheckpoint::lastFrame)
                        .map(FrameId::toString)
                        .orElse(null));
        json.put("frames", checkpoint.map(JobCheckpoint::frames).orElse(0L));
        json.put("bytes", checkpoint.map(JobCheckpoint::bytes).orElse(0L));
    }
}
