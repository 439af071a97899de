package routes.replay.protocol;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import com.google.protobuf.Message;
import routes.replay.savant.Attribute;
import routes.replay.savant.AttributeValue;
import routes.replay.savant.VideoObject;

/**
 * What Savant's own decoder takes for granted, though the schema lets it be absent. A message without it would fail
 * every peer that it is sent on to, so it is refused here.
 */
final class ContentChecks {

    /** So much of a wrong text is quoted, for whoever has to find its sender. */
    private static final int MAX_QUOTE = 60;

    FrameId frameId(String uuid) throws MalformedMessageException {
        try {
            return FrameId.parse(uuid);
        } catch (IllegalArgumentException e) {
            throw new MalformedMessageException("the uuid of the frame, \"" + quote(uuid) + "\", " + e.getMessage(), e);
        }
    }

    /**
     * The frame says where its picture is, each transformation what it did, and its attributes and objects have what they
     * must have.
     */
    void requireSound(
            Message frame,
            List<? extends Message> transformations,
            List<Attribute> attributes,
            List<VideoObject> objects)
            throws MalformedMessageException {
        if (!isChosen(frame)) {
            throw new MalformedMessageException("the frame says nothing about where its picture is");
        }
        for (Message transformation : transformations) {
            if (!isChosen(transformation)) {
                throw new MalformedMessageException("a transformation of the frame is empty");
            }
        }
        requireValues(attributes);
        requireSoundObjects(objects);
    }

    private static boolean isChosen(Message message) {
        return message.hasOneof(message.getDescriptorForType().getOneofs().get(0));
    }

    /** Every object has a box, and its parent, if it names one, is in the same frame. */
    private void requireSoundObjects(List<VideoObject> objects) throws MalformedMessageException {
        Set<Long> ids = new HashSet<>();
        objects.forEach(object -> ids.add(object.getId()));
        for (VideoObject object : objects) {
            if (!object.hasDetectionBox()) {
                throw new MalformedMessageException("object " + object.getId() + " has no detection box");
            }
            if (object.hasParentId() && !ids.contains(object.getParentId())) {
                throw new MalformedMessageException("object " + object.getId() + " has parent " + object.getParentId()
                        + ", which is not in the frame");
            }
            requireValues(object.getAttributesList());
        }
    }

    void requireValues(List<Attribute> attributes) throws MalformedMessageException {
        for (Attribute attribute : attributes) {
            for (AttributeValue value : attribute.getValuesList()) {
                if (!isComplete(value)) {
                    throw new MalformedMessageException("attribute " + quote(attribute.getNamespace()) + "."
                            + quote(attribute.getName()) + " has a value without content");
                }
            }
        }
    }

    private static boolean isComplete(AttributeValue value) {
        return switch (value.getValueCase()) {
            case VALUE_NOT_SET -> false;
            case BOUNDING_BOX -> value.getBoundingBox().hasData();
            case POINT -> value.getPoint().hasData();
            case POLYGON -> value.getPolygon().hasData();
            case INTERSECTION -> value.getIntersection().hasData();
            default -> true;
        };
    }

    private static String quote(String text) {
        return text.length() <= MAX_QUOTE ? text : text.substring(0, MAX_QUOTE) + "…";
    }
}
