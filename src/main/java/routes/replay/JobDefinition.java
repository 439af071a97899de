package routes.replay;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A job as it was asked for, with everything settled that the service's own settings decide, so that a restart with other
 * settings does not change it.
 *
 * @param json the request
 * @param request the same, read
 * @param sinkOptions in effect
 */
record JobDefinition(JsonNode json, JobRequest request, SinkOptions sinkOptions) {

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
