package routes.replay.protocol.json;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import routes.replay.protocol.FrameHeader;
import routes.replay.protocol.FrameOfGeneration1;
import routes.replay.protocol.FrameOfGeneration2;
import routes.replay.protocol.SavantFrame;
import routes.replay.protocol.SavantMessage;
import routes.replay.savant.Attribute;
import routes.replay.savant.ExternalFrame;
import routes.replay.savant.Padding;
import routes.replay.savant.VideoFrameTranscodingMethod;
import routes.replay.savant.VideoObject;
import routes.replay.savant.generation2.LetterBox;
import routes.replay.savant.generation2.MiscTrackData;

/**
 * A frame as JSON, with the keys of the original for both generations. Hidden attributes are left out; frames of
 * generation 2 have their tracks as {@code misc_tracks} besides.
 */
public final class KeyframeJson {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** @throws IllegalArgumentException when it is no video frame */
    public ObjectNode write(SavantMessage message) {
        SavantFrame frame =
                message.frame().orElseThrow(() -> new IllegalArgumentException("no frame but " + message.kind()));
        if (frame instanceof FrameOfGeneration1 first) {
            return write(message, first);
        }
        return write(message, (FrameOfGeneration2) frame);
    }

    private static ObjectNode write(SavantMessage message, FrameOfGeneration1 decoded) {
        var frame = decoded.frame();
        ObjectNode json = NODES.objectNode();
        json.put("previous_frame_seq_id", frame.hasPreviousFrameSeqId() ? frame.getPreviousFrameSeqId() : null);
        json.put("previous_keyframe", frame.hasPreviousKeyframe() ? frame.getPreviousKeyframe() : null);
        writeHeader(json, message, decoded.header(), frame.getTranscodingMethod());
        switch (frame.getContentCase()) {
            case EXTERNAL -> json.set("content", external(frame.getExternal()));
            case INTERNAL -> json.set("content", internal());
            default -> json.putNull("content");
        }
        ArrayNode transformations = json.putArray("transformations");
        frame.getTransformationsList().forEach(step -> transformations.add(transformation(step)));
        writeContents(json, frame.getAttributesList(), frame.getObjectsList());
        return json;
    }

    private static ObjectNode write(SavantMessage message, FrameOfGeneration2 decoded) {
        var frame = decoded.frame();
        ObjectNode json = NODES.objectNode();
        json.put("previous_frame_seq_id", frame.hasPreviousFrameSeqId() ? frame.getPreviousFrameSeqId() : null);
        json.put("previous_keyframe", frame.hasPreviousKeyframe() ? frame.getPreviousKeyframe() : null);
        writeHeader(json, message, decoded.header(), frame.getTranscodingMethod());
        switch (frame.getContentCase()) {
            case EXTERNAL -> json.set("content", external(frame.getExternal()));
            case INTERNAL -> json.set("content", internal());
            default -> json.putNull("content");
        }
        ArrayNode transformations = json.putArray("transformations");
        frame.getTransformationsList().forEach(step -> transformations.add(transformation(step)));
        writeContents(json, frame.getAttributesList(), frame.getObjectsList());
        ArrayNode tracks = json.putArray("misc_tracks");
        frame.getMiscTracksList().forEach(track -> tracks.add(track(track)));
        return json;
    }

    private static void writeHeader(
            ObjectNode json, SavantMessage message, FrameHeader header, VideoFrameTranscodingMethod transcoding) {
        json.put("version", message.protocolVersion());
        json.put("uuid", header.id().toString());
        json.put("creation_timestamp_ns", header.creationTimestampNs());
        json.put("type", "VideoFrame");
        json.put("source_id", header.sourceId());
        json.put("framerate", header.framerate());
        json.put("width", header.width());
        json.put("height", header.height());
        json.put("transcoding_method", transcoding == VideoFrameTranscodingMethod.ENCODED ? "Encoded" : "Copy");
        json.put("codec", header.codec().orElse(null));
        json.put("keyframe", header.keyframe().orElse(null));
        json.putArray("time_base")
                .add(header.timeBase().numerator())
                .add(header.timeBase().denominator());
        json.put("pts", header.pts());
        json.put("dts", header.dts().isPresent() ? header.dts().getAsLong() : null);
        json.put("duration", header.duration().isPresent() ? header.duration().getAsLong() : null);
    }

    private static ObjectNode external(ExternalFrame external) {
        ObjectNode content = NODES.objectNode();
        content.putObject("external")
                .put("method", external.getMethod())
                .put("location", external.hasLocation() ? external.getLocation() : null);
        return content;
    }

    private static ObjectNode internal() {
        return NODES.objectNode().put("internal", "<blob-omitted>");
    }

    private static ObjectNode transformation(routes.replay.savant.generation1.VideoFrameTransformation step) {
        return switch (step.getTransformationCase()) {
            case INITIAL_SIZE ->
                numbers(
                        "InitialSize",
                        step.getInitialSize().getWidth(),
                        step.getInitialSize().getHeight());
            case SCALE ->
                numbers("Scale", step.getScale().getWidth(), step.getScale().getHeight());
            case PADDING -> padding(step.getPadding());
            case RESULTING_SIZE ->
                numbers(
                        "ResultingSize",
                        step.getResultingSize().getWidth(),
                        step.getResultingSize().getHeight());
            case TRANSFORMATION_NOT_SET -> NODES.objectNode();
        };
    }

    private static ObjectNode transformation(routes.replay.savant.generation2.VideoFrameTransformation step) {
        return switch (step.getTransformationCase()) {
            case INITIAL_SIZE ->
                numbers(
                        "InitialSize",
                        step.getInitialSize().getWidth(),
                        step.getInitialSize().getHeight());
            case LETTER_BOX -> letterBox(step.getLetterBox());
            case PADDING -> padding(step.getPadding());
            case CROP ->
                numbers(
                        "Crop",
                        step.getCrop().getLeft(),
                        step.getCrop().getTop(),
                        step.getCrop().getRight(),
                        step.getCrop().getBottom());
            case TRANSFORMATION_NOT_SET -> NODES.objectNode();
        };
    }

    private static ObjectNode padding(Padding padding) {
        return numbers(
                "Padding",
                padding.getPaddingLeft(),
                padding.getPaddingTop(),
                padding.getPaddingRight(),
                padding.getPaddingBottom());
    }

    private static ObjectNode letterBox(LetterBox box) {
        return numbers(
                "LetterBox",
                box.getOuterWidth(),
                box.getOuterHeight(),
                box.getPaddingLeft(),
                box.getPaddingTop(),
                box.getPaddingRight(),
                box.getPaddingBottom());
    }

    /** @param values unsigned */
    private static ObjectNode numbers(String tag, long... values) {
        ObjectNode json = NODES.objectNode();
        ArrayNode array = json.putArray(tag);
        for (long value : values) {
            array.add(new BigInteger(Long.toUnsignedString(value)));
        }
        return json;
    }

    private static void writeContents(ObjectNode json, List<Attribute> attributes, List<VideoObject> objects) {
        json.set("attributes", attributes(attributes));
        ArrayNode array = json.putArray("objects");
        objects.stream()
                .sorted(Comparator.comparingLong(VideoObject::getId))
                .forEach(object -> array.add(object(object)));
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
        json.put("id", object.getId());
        json.put("namespace", object.getNamespace());
        json.put("label", object.getLabel());
        json.put("draw_label", object.hasDrawLabel() ? object.getDrawLabel() : null);
        json.set("detection_box", ShapeJson.write(object.getDetectionBox()));
        json.set("attributes", attributes(object.getAttributesList()));
        json.put("confidence", object.hasConfidence() ? object.getConfidence() : null);
        json.put("parent_id", object.hasParentId() ? object.getParentId() : null);
        json.set("track_box", object.hasTrackBox() ? ShapeJson.write(object.getTrackBox()) : NODES.nullNode());
        json.put("track_id", object.hasTrackId() ? object.getTrackId() : null);
        // numbers of a pipeline's own registry of names, which are not on the wire
        json.putNull("namespace_id");
        json.putNull("label_id");
        return json;
    }

    private static ObjectNode track(MiscTrackData track) {
        ObjectNode json = NODES.objectNode();
        json.put("object_id", new BigInteger(Long.toUnsignedString(track.getObjectId())));
        json.put("class_id", track.getClassId());
        json.put("label", track.hasLabel() ? track.getLabel() : null);
        json.put("source_id", track.getSourceId());
        json.put("category", track.getCategory().name());
        ArrayNode frames = json.putArray("frames");
        track.getFramesList().forEach(frame -> frames.addObject()
                .put("frame_num", frame.getFrameNum())
                .put("bbox_left", frame.getBboxLeft())
                .put("bbox_top", frame.getBboxTop())
                .put("bbox_width", frame.getBboxWidth())
                .put("bbox_height", frame.getBboxHeight())
                .put("confidence", frame.getConfidence())
                .put("age", frame.getAge())
                .put("state", frame.getState().name())
                .put("visibility", frame.getVisibility()));
        return json;
    }
}
