package routes.replay;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A job as it was asked for, with everything settled that the service's own settings decide, so that a restart with other
 * settings does not change it.
 *
 * @param json the request
 * @param request the same, read
 * @param sinkOptions in effect
 */
record JobDefinition(JsonNode json, JobRequest request, SinkOptions sinkOptions) {

    /**
     * @param defaults options of sinks for jobs that give none
     * @throws routes.platform.InvalidInputException with every wrong field
     */
    static JobDefinition read(JsonNode body, SinkOptions defaults) {
        JobRequest request = new JobRequestReader().read(body);
        SinkOptions options = request.sink().options().orElse(defaults);
        ObjectNode settled = body.deepCopy();
        ((ObjectNode) settled.get("sink")).set("options", options.toJson());
        return new JobDefinition(settled, request, options);
    }

    /** Of the first part. */
    String source() {
        return request.configuration().storedStreamId();
    }

    /** Of all parts. */
    Set<String> sources() {
        return request.parts().stream().map(JobPart::source).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    String sink() {
        return request.sink().url().toString();
    }

    String resultingId() {
        return request.configuration().resultingStreamId();
    }
}
