package routes.replay;

import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import routes.replay.job.JobRequest;
import routes.replay.job.json.JobRequestReader;

/** Requests for jobs, to be changed: fast, all of them sensible. */
public final class JobSamples {

    private JobSamples() {}

    public static ObjectNode request(String source, UUID anchor, String stopCondition) {
        ObjectNode request = Json.object(
                """
                {
                  'sink': {'url': 'dealer+connect:tcp://127.0.0.1:5600'},
                  'configuration': {
                    'ts_sync': false, 'skip_intermediary_eos': false, 'send_eos': false, 'stop_on_incorrect_ts': false,
                    'ts_discrepancy_fix_duration': {'secs': 0, 'nanos': 33000000},
                    'min_duration': {'secs': 0, 'nanos': 0}, 'max_duration': {'secs': 1, 'nanos': 0},
                    'stored_stream_id': '', 'resulting_stream_id': 'result',
                    'routing_labels': 'bypass',
                    'max_idle_duration': {'secs': 10, 'nanos': 0}, 'max_delivery_duration': {'secs': 10, 'nanos': 0},
                    'send_metadata_only': false
                  },
                  'anchor_wait_duration': {'secs': 0, 'nanos': 1000000},
                  'offset': {'blocks': 0},
                  'attributes': []
                }""");
        request.put("anchor_keyframe", anchor.toString());
        request.set("stop_condition", Json.of(stopCondition));
        configuration(request).put("stored_stream_id", source);
        return request;
    }

    public static ObjectNode configuration(ObjectNode request) {
        return (ObjectNode) request.get("configuration");
    }

    public static void duration(ObjectNode object, String name, long milliseconds) {
        object.set(
                name,
                object.objectNode().put("secs", milliseconds / 1000).put("nanos", milliseconds % 1000 * 1_000_000));
    }

    public static JobRequest read(JsonNode request) {
        return new JobRequestReader().read(request);
    }
}
