package routes.replay.socket;

import java.time.Duration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.hibernate.validator.constraints.time.DurationMin;
import routes.platform.json.JsonDuration;
import routes.platform.json.JsonFields;
import routes.platform.json.JsonValues;

/**
 * How a writer's socket is tuned. Jobs with equal URL and options share a socket.
 *
 * @param sendTimeout of one attempt, whole milliseconds
 * @param sendRetries after the first attempt
 * @param receiveTimeout of one attempt to receive an acknowledgement, whole milliseconds
 * @param receiveRetries after the first attempt
 * @param sendHwm high-water mark in messages
 * @param receiveHwm high-water mark in messages; not for pub
 * @param inflightOps messages in the queue before the socket
 */
public record SinkOptions(
        @NotNull @DurationMin(millis = 1) Duration sendTimeout,
        @Min(0) int sendRetries,
        @NotNull @DurationMin(millis = 1) Duration receiveTimeout,
        @Min(0) int receiveRetries,
        @Min(1) int sendHwm,
        @Min(1) int receiveHwm,
        @Min(0) int inflightOps) {

    /** Where neither the job nor the service gives any. */
    public static final SinkOptions DEFAULT =
            new SinkOptions(Duration.ofSeconds(1), 3, Duration.ofSeconds(1), 3, 1000, 1000, 100);

    /** All seven are required. */
    public static SinkOptions read(JsonNode node) {
        JsonFields fields = new JsonFields(node);
        Duration sendTimeout = fields.required("send_timeout", JsonDuration::readTimeout);
        Integer sendRetries = fields.required("send_retries", JsonValues.smallNumber(0, Integer.MAX_VALUE));
        Duration receiveTimeout = fields.required("receive_timeout", JsonDuration::readTimeout);
        Integer receiveRetries = fields.required("receive_retries", JsonValues.smallNumber(0, Integer.MAX_VALUE));
        Integer sendHwm = fields.required("send_hwm", JsonValues.smallNumber(1, Integer.MAX_VALUE));
        Integer receiveHwm = fields.required("receive_hwm", JsonValues.smallNumber(1, Integer.MAX_VALUE));
        Integer inflightOps = fields.required("inflight_ops", JsonValues.smallNumber(0, Integer.MAX_VALUE));
        fields.throwIfAnyProblem();
        return new SinkOptions(
                sendTimeout, sendRetries, receiveTimeout, receiveRetries, sendHwm, receiveHwm, inflightOps);
    }

    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set("send_timeout", JsonDuration.write(sendTimeout));
        json.put("send_retries", sendRetries);
        json.set("receive_timeout", JsonDuration.write(receiveTimeout));
        json.put("receive_retries", receiveRetries);
        json.put("send_hwm", sendHwm);
        json.put("receive_hwm", receiveHwm);
        json.put("inflight_ops", inflightOps);
        return json;
    }
}
