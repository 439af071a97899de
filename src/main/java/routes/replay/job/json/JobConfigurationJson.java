package routes.replay.job.json;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import routes.platform.json.JsonDuration;
import routes.platform.json.JsonFields;
import routes.platform.json.JsonValues;
import routes.replay.job.JobConfiguration;
import routes.replay.job.RoutingLabels;
import routes.replay.protocol.json.JsonVariant;

/** The configuration of a job as JSON: as clients send it, and as listings show it. */
public final class JobConfigurationJson {

    private static final String BYPASS = "bypass";

    private JobConfigurationJson() {}

    /** Every key but {@code labels} is required. */
    static JobConfiguration read(JsonNode node) {
        JsonFields fields = new JsonFields(node);
        Boolean tsSync = fields.required("ts_sync", JsonValues::truth);
        Boolean skipIntermediaryEos = fields.required("skip_intermediary_eos", JsonValues::truth);
        Boolean sendEos = fields.required("send_eos", JsonValues::truth);
        Boolean stopOnIncorrectTs = fields.required("stop_on_incorrect_ts", JsonValues::truth);
        Duration fix = fields.required("ts_discrepancy_fix_duration", JsonDuration::read);
        Duration min = fields.required("min_duration", JsonDuration::read);
        Duration max = fields.required("max_duration", JsonDuration::read);
        String stored = fields.required("stored_stream_id", JsonValues::nonEmptyText);
        String resulting = fields.required("resulting_stream_id", JsonValues::nonEmptyText);
        RoutingLabels routingLabels = fields.required("routing_labels", JobConfigurationJson::routingLabels);
        Duration maxIdle = fields.required("max_idle_duration", JsonDuration::read);
        Duration maxDelivery = fields.required("max_delivery_duration", JsonDuration::read);
        Boolean sendMetadataOnly = fields.required("send_metadata_only", JsonValues::truth);
        Optional<Map<String, String>> labels = fields.optional("labels", JobConfigurationJson::labels);
        if (min != null && max != null && min.compareTo(max) > 0) {
            fields.problem("min_duration", "must not be above max_duration");
        }
        fields.throwIfAnyProblem();
        return new JobConfiguration(
                tsSync,
                skipIntermediaryEos,
                sendEos,
                stopOnIncorrectTs,
                fix,
                min,
                max,
                stored,
                resulting,
                routingLabels,
                maxIdle,
                maxDelivery,
                sendMetadataOnly,
                labels);
    }

    private static RoutingLabels routingLabels(JsonNode node) {
        JsonVariant variant = JsonVariant.of(node);
        return switch (variant.tag()) {
            case BYPASS -> {
                variant.withoutValue();
                yield RoutingLabels.BYPASS;
            }
            case "replace" -> new RoutingLabels(RoutingLabels.Mode.REPLACE, variant.read(JobConfigurationJson::texts));
            case "append" -> new RoutingLabels(RoutingLabels.Mode.APPEND, variant.read(JobConfigurationJson::texts));
            default -> throw variant.unknown("bypass, replace, append");
        };
    }

    private static List<String> texts(JsonNode node) {
        return JsonValues.list(node, JsonValues::text);
    }

    private static Map<String, String> labels(JsonNode node) {
        JsonFields fields = new JsonFields(node);
        Map<String, String> labels = new LinkedHashMap<>();
        node.fieldNames().forEachRemaining(name -> labels.put(name, fields.required(name, JsonValues::text)));
        fields.throwIfAnyProblem();
        return Collections.unmodifiableMap(labels);
    }

    public static ObjectNode write(JobConfiguration job) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("ts_sync", job.tsSync());
        json.put("skip_intermediary_eos", job.skipIntermediaryEos());
        json.put("send_eos", job.sendEos());
        json.put("stop_on_incorrect_ts", job.stopOnIncorrectTs());
        json.set("ts_discrepancy_fix_duration", JsonDuration.write(job.tsDiscrepancyFixDuration()));
        json.set("min_duration", JsonDuration.write(job.minDuration()));
        json.set("max_duration", JsonDuration.write(job.maxDuration()));
        json.put("stored_stream_id", job.storedStreamId());
        json.put("resulting_stream_id", job.resultingStreamId());
        json.set("routing_labels", write(job.routingLabels()));
        json.set("max_idle_duration", JsonDuration.write(job.maxIdleDuration()));
        json.set("max_delivery_duration", JsonDuration.write(job.maxDeliveryDuration()));
        json.put("send_metadata_only", job.sendMetadataOnly());
        job.labels()
                .ifPresentOrElse(labels -> labels.forEach(json.putObject("labels")::put), () -> json.putNull("labels"));
        return json;
    }

    private static JsonNode write(RoutingLabels routing) {
        if (routing.mode() == RoutingLabels.Mode.BYPASS) {
            return TextNode.valueOf(BYPASS);
        }
        ArrayNode labels = JsonNodeFactory.instance.arrayNode();
        routing.labels().forEach(labels::add);
        return JsonNodeFactory.instance.objectNode().set(routing.mode().name().toLowerCase(Locale.ROOT), labels);
    }
}
