package routes.replay.protocol.json;

import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.Message;
import routes.platform.json.JsonValues;
import routes.replay.savant.AttributeValue;
import routes.replay.savant.BytesAttributeValueVariant;

/**
 * The eighteen variants of an attribute's value as JSON: {@code {"Integer": 1}}, {@code "None"}. Each is a message of its
 * own, and all but three have one field, {@code data}.
 */
final class AttributeValueJson {

    private static final String NONE = "None";
    private static final String BYTES = "Bytes";
    private static final String TEMPORARY = "TemporaryValue";
    private static final String DATA = "data";
    private static final int MAX_BYTE = 255;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private static final OneofDescriptor VALUE =
            AttributeValue.getDescriptor().getOneofs().get(0);
    private static final Map<String, FieldDescriptor> VARIANTS = variants();

    private AttributeValueJson() {}

    private static Map<String, FieldDescriptor> variants() {
        Map<String, FieldDescriptor> variants = new LinkedHashMap<>();
        VALUE.getFields().forEach(field -> variants.put(tag(field), field));
        return variants;
    }

    private static String tag(FieldDescriptor field) {
        String name = field.getJsonName();
        String capitalized = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
        return capitalized.equals("Temporary") ? TEMPORARY : capitalized.replace("BoundingBox", "BBox");
    }

    static AttributeValue read(JsonNode node) {
        JsonVariant variant = JsonVariant.of(node);
        FieldDescriptor field = VARIANTS.get(variant.tag());
        if (field == null) {
            throw variant.unknown(String.join(", ", VARIANTS.keySet()));
        }
        AttributeValue.Builder value = AttributeValue.newBuilder();
        return value.setField(field, read(variant, value.newBuilderForField(field)))
                .build();
    }

    private static Message read(JsonVariant variant, Message.Builder content) {
        JsonNode given = variant.value();
        switch (variant.tag()) {
            case NONE -> variant.withoutValue();
            case TEMPORARY -> {
                // Its content has no meaning outside of the process that made it
            }
            case BYTES -> {
                return readBytes(given);
            }
            default -> {
                FieldDescriptor data = content.getDescriptorForType().findFieldByName(DATA);
                Function<JsonNode, ?> reader = reader(data);
                content.setField(data, data.isRepeated() ? JsonValues.list(given, reader) : reader.apply(given));
            }
        }
        return content.build();
    }

    private static Function<JsonNode, ?> reader(FieldDescriptor data) {
        return switch (data.getJavaType()) {
            case STRING -> JsonValues::text;
            case LONG -> AttributeValueJson::readInteger;
            case DOUBLE -> JsonValues::number;
            case BOOLEAN -> JsonValues::truth;
            default -> shapeReader(data.getMessageType());
        };
    }

    private static Function<JsonNode, ?> shapeReader(Descriptor shape) {
        return switch (shape.getName()) {
            case "BoundingBox" -> ShapeJson::readBox;
            case "Point" -> ShapeJson::readPoint;
            case "PolygonalArea" -> ShapeJson::readPolygon;
            case "Intersection" -> ShapeJson::readIntersection;
            default -> throw new IllegalStateException("no shape: " + shape.getName());
        };
    }

    private static long readInteger(JsonNode node) {
        return JsonValues.wholeNumber(Long.MIN_VALUE, Long.MAX_VALUE).apply(node);
    }

    /** {@code [[dims…], [0..255 …]]} */
    private static BytesAttributeValueVariant readBytes(JsonNode node) {
        if (!node.isArray() || node.size() != 2) {
            throw new IllegalArgumentException("must be an array of two, the dimensions and the bytes");
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        JsonValues.list(node.get(1), JsonValues.smallNumber(0, MAX_BYTE)).forEach(bytes::write);
        return BytesAttributeValueVariant.newBuilder()
                .addAllDims(JsonValues.list(node.get(0), AttributeValueJson::readInteger))
                .setData(ByteString.copyFrom(bytes.toByteArray()))
                .build();
    }

    static JsonNode write(AttributeValue value) {
        FieldDescriptor field = value.getOneofFieldDescriptor(VALUE);
        String tag = field == null ? NONE : tag(field);
        if (field == null || tag.equals(NONE)) {
            return TextNode.valueOf(NONE);
        }
        Message content = (Message) value.getField(field);
        return NODES.objectNode()
                .set(
                        tag,
                        switch (tag) {
                            case TEMPORARY -> NODES.objectNode();
                            case BYTES -> writeBytes(value.getBytes());
                            default ->
                                FieldJson.write(
                                        content, content.getDescriptorForType().findFieldByName(DATA));
                        });
    }

    private static ArrayNode writeBytes(BytesAttributeValueVariant value) {
        ArrayNode bytes = NODES.arrayNode();
        value.getData().forEach(octet -> bytes.add(octet & MAX_BYTE));
        ArrayNode dims = NODES.arrayNode();
        value.getDimsList().forEach(dims::add);
        return NODES.arrayNode().add(dims).add(bytes);
    }
}
