package routes.replay;

import java.net.http.HttpResponse;
import java.util.UUID;

import com.fasterxml.jackson.databind.node.ObjectNode;
import routes.platform.CaravanProcess;

/** Starts jobs of a process of Caravan. */
public final class JobClient {

    private static final long PATIENCE_MILLIS = 60_000;

    private final CaravanProcess caravan;

    public JobClient(CaravanProcess caravan) {
        this.caravan = caravan;
    }

    /**
     * A request, to be changed.
     *
     * @param sink its URL
     * @param result source id of what the job sends
     * @param paced at the pace of the recording, or else as fast as it goes
     * @param stopCondition as JSON
     */
    public static ObjectNode request(
            String source, UUID anchor, String sink, String result, boolean paced, String stopCondition) {
        ObjectNode request = JobSamples.request(source, anchor, stopCondition);
        request.withObject("/sink").put("url", sink);
        ObjectNode configuration = JobSamples.configuration(request)
                .put("resulting_stream_id", result)
                .put("ts_sync", paced)
                .put("skip_intermediary_eos", true);
        JobSamples.duration(configuration, "max_idle_duration", PATIENCE_MILLIS);
        JobSamples.duration(configuration, "max_delivery_duration", PATIENCE_MILLIS);
        return request;
    }

    /** @return the id of the job */
    public String start(ObjectNode request) {
        HttpResponse<String> answer = caravan.send("PUT", "/replay/api/v1/job", request.toString());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException("a job was refused: " + answer.statusCode() + " " + answer.body());
        }
        return Json.of(answer.body()).get("new_job").textValue();
    }
}
