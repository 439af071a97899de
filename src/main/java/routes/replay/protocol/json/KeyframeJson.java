package routes.replay.protocol.json;

import java.util.Comparator;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Message;
import routes.replay.protocol.FrameHeader;
import routes.replay.protocol.Generation;
import routes.replay.protocol.SavantFrame;
import routes.replay.protocol.SavantMessage;
import routes.replay.savant.Attribute;
import routes.replay.savant.VideoFrameTranscodingMethod;
import routes.replay.savant.VideoObject;

/**
 * A frame as JSON, with the keys of the original for both generations. Hidden attributes are left out; frames of
 * generation 2 have their tracks in addition, as {@code misc_tracks}.
 */
public final class KeyframeJson {

    private static final Object ENCODED = VideoFrameTranscodingMethod.ENCODED.getValueDescriptor();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** @throws IllegalArgumentException when it is no video frame */
    public ObjectNode write(SavantMessage message) {
        SavantFrame frame =
                message.frame().orElseThrow(() -> new IllegalArgumentException("no frame but " + message.kind()));
        ObjectNode json = NODES.objectNode();
        FieldJson.copy(frame.message(), json, "previous_frame_seq_id", "previous_keyframe");
        writeHeader(json, message, frame);
        json.set("content", content(frame));
        ArrayNode transformations = json.putArray("transformations");
        FieldJson.messages(frame.message(), "transformations")
                .forEach(step -> transformations.add(transformation(step)));
        json.set("attributes", attributes(frame.attributes()));
        ArrayNode objects = json.putArray("objects");
        frame.objects().stream()
                .sorted(Comparator.comparingLong(VideoObject::getId))
                .forEach(object -> objects.add(object(object)));
        if (message.generation() == Generation.TWO) {
            FieldJson.copy(frame.message(), json, "misc_tracks");
        }
        return json;
    }

    private static void writeHeader(ObjectNode json, SavantMessage message, SavantFrame frame) {
        FrameHeader header = frame.header();
        json.put("version", message.protocolVersion());
        json.put("uuid", header.id().toString());
        json.put("creation_timestamp_ns", header.creationTimestampNs());
        json.put("type", "VideoFrame");
        json.put("source_id", header.sourceId());
        json.put("framerate", header.framerate());
        json.put("width", header.width());
        json.put("height", header.height());
        json.put(
                "transcoding_method",
                FieldJson.value(frame.message(), "transcoding_method").equals(ENCODED) ? "Encoded" : "Copy");
        json.put("codec", header.codec().orElse(null));
        json.put("keyframe", header.keyframe().orElse(null));
        json.putArray("time_base")
                .add(header.timeBase().numerator())
                .add(header.timeBase().denominator());
        json.put("pts", header.pts());
        json.put("dts", header.dts().isPresent() ? header.dts().getAsLong() : null);
        json.put("duration", header.duration().isPresent() ? header.duration().getAsLong() : null);
    }

    private static JsonNode content(SavantFrame frame) {
        ObjectNode content = NODES.objectNode();
        if (frame.external().isPresent()) {
            FieldJson.copy(frame.external().get(), content.putObject("external"), "method", "location");
        } else if (frame.internal().isPresent()) {
            content.put("internal", "<blob-omitted>");
        }
        return content.isEmpty() ? NODES.nullNode() : content;
    }

    /** {@code {"Padding": [left, top, right, bottom]}}: the kind, and its numbers in their order. */
    private static ObjectNode transformation(Message step) {
        ObjectNode json = NODES.objectNode();
        step.getAllFields()
                .forEach((kind, numbers) ->
                        json.putArray(kind.getMessageType().getName()).addAll(FieldJson.values((Message) numbers)));
        return json;
    }

    private static ArrayNode attributes(List<Attribute> attributes) {
        ArrayNode array = NODES.arrayNode();
        attributes.stream()
                .filter(attribute -> !attribute.getIsHidden())
                .forEach(attribute -> array.add(AttributeJson.write(attribute)));
        return array;
    }

    private static ObjectNode object(VideoObject object) {
        ObjectNode json = NODES.objectNode();
        FieldJson.copy(object, json, "id", "namespace", "label", "draw_label", "detection_box");
        json.set("attributes", attributes(object.getAttributesList()));
        FieldJson.copy(object, json, "confidence", "parent_id", "track_box", "track_id");
        // Numbers of a pipeline's own registry of names, which are not on the wire.
        json.putNull("namespace_id");
        json.putNull("label_id");
        return json;
    }
}
