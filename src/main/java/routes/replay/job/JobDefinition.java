package routes.replay.job;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import routes.replay.socket.SinkOptions;

/**
 * A job as it was requested. What the service's own settings decide is settled in it, so that a restart with other settings
 * does not change it.
 *
 * @param json the request
 * @param request the same, read
 * @param sinkOptions in effect
 */
public record JobDefinition(JsonNode json, JobRequest request, SinkOptions sinkOptions) {

    /** Of the first part. */
    public String source() {
        return request.configuration().storedStreamId();
    }

    /** Of all parts. */
    public Set<String> sources() {
        return request.parts().stream().map(JobPart::source).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    public String sink() {
        return request.sink().url().toString();
    }

    public String resultingId() {
        return request.configuration().resultingStreamId();
    }

    /**
     * Whether the two jobs must not exist at the same time.
     *
     * @param always whether every job must be the only one with its resulting id, not only jobs that ask for it
     */
    public boolean excludes(JobDefinition other, boolean always) {
        boolean exclusive = always
                || request.extras().exclusiveResultingId()
                || other.request.extras().exclusiveResultingId();
        return exclusive && resultingId().equals(other.resultingId());
    }
}
