package routes.replay.protocol.json;

import java.math.BigInteger;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import routes.replay.savant.BoundingBox;
import routes.replay.savant.Intersection;
import routes.replay.savant.PolygonalArea;

/** Fields of messages as JSON, under the names that they have in the schema. */
final class FieldJson {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private FieldJson() {}

    /** An optional field that is absent becomes a null. */
    static void copy(Message from, ObjectNode to, String... names) {
        for (String name : names) {
            to.set(name, write(from, field(from, name)));
        }
    }

    /** What protobuf holds: for an enum the descriptor of its value. */
    static Object value(Message message, String name) {
        return message.getField(field(message, name));
    }

    /** The elements of a repeated field. */
    static List<Message> messages(Message message, String name) {
        return ((List<?>) value(message, name))
                .stream().map(Message.class::cast).toList();
    }

    /** All fields in their order. */
    static List<JsonNode> values(Message message) {
        return message.getDescriptorForType().getFields().stream()
                .map(field -> write(message, field))
                .toList();
    }

    static JsonNode write(Message message, FieldDescriptor field) {
        if (field.isRepeated()) {
            ArrayNode array = NODES.arrayNode();
            ((List<?>) message.getField(field)).forEach(element -> array.add(element(field, element)));
            return array;
        }
        return field.hasPresence() && !message.hasField(field)
                ? NODES.nullNode()
                : element(field, message.getField(field));
    }

    private static JsonNode element(FieldDescriptor field, Object value) {
        return switch (field.getType()) {
            case UINT64 -> NODES.numberNode(new BigInteger(Long.toUnsignedString((Long) value)));
            case INT64 -> NODES.numberNode((Long) value);
            case FLOAT -> NODES.numberNode((Float) value);
            case DOUBLE -> NODES.numberNode((Double) value);
            case BOOL -> NODES.booleanNode((Boolean) value);
            case STRING -> NODES.textNode((String) value);
            case ENUM -> NODES.textNode(name((EnumValueDescriptor) value));
            case MESSAGE -> message((Message) value);
            default -> throw new IllegalArgumentException(field + " cannot be written as JSON");
        };
    }

    /** A value of a later release has no index. */
    private static String name(EnumValueDescriptor value) {
        return value.getIndex() < 0 ? "UNRECOGNIZED" : value.getName();
    }

    private static JsonNode message(Message message) {
        if (message instanceof BoundingBox box) {
            return ShapeJson.write(box);
        }
        if (message instanceof PolygonalArea area) {
            return ShapeJson.write(area);
        }
        if (message instanceof Intersection intersection) {
            return ShapeJson.write(intersection);
        }
        ObjectNode json = NODES.objectNode();
        message.getDescriptorForType().getFields().forEach(field -> json.set(field.getName(), write(message, field)));
        return json;
    }

    private static FieldDescriptor field(Message message, String name) {
        FieldDescriptor field = message.getDescriptorForType().findFieldByName(name);
        if (field == null) {
            throw new IllegalArgumentException(message.getDescriptorForType().getName() + " has no field " + name);
        }
        return field;
    }
}
