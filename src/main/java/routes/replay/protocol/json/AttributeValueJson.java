package routes.replay.protocol.json;

import java.io.ByteArrayOutputStream;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.google.protobuf.ByteString;
import routes.platform.json.JsonValues;
import routes.replay.savant.AttributeValue;
import routes.replay.savant.BooleanAttributeValueVariant;
import routes.replay.savant.BooleanVectorAttributeValueVariant;
import routes.replay.savant.BoundingBoxAttributeValueVariant;
import routes.replay.savant.BoundingBoxVectorAttributeValueVariant;
import routes.replay.savant.BytesAttributeValueVariant;
import routes.replay.savant.FloatAttributeValueVariant;
import routes.replay.savant.FloatVectorAttributeValueVariant;
import routes.replay.savant.IntegerAttributeValueVariant;
import routes.replay.savant.IntegerVectorAttributeValueVariant;
import routes.replay.savant.IntersectionAttributeValueVariant;
import routes.replay.savant.NoneAttributeValueVariant;
import routes.replay.savant.PointAttributeValueVariant;
import routes.replay.savant.PointVectorAttributeValueVariant;
import routes.replay.savant.PolygonAttributeValueVariant;
import routes.replay.savant.PolygonVectorAttributeValueVariant;
import routes.replay.savant.StringAttributeValueVariant;
import routes.replay.savant.StringVectorAttributeValueVariant;
import routes.replay.savant.TemporaryValueVariant;

/** The eighteen variants of an attribute's value as JSON: {@code {"Integer": 1}}, {@code "None"}. */
final class AttributeValueJson {

    private static final String CHOICES = "None, Bytes, String, StringVector, Integer, IntegerVector, Float,"
            + " FloatVector, Boolean, BooleanVector, BBox, BBoxVector, Point, PointVector, Polygon, PolygonVector,"
            + " Intersection, TemporaryValue";
    private static final int MAX_BYTE = 255;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private AttributeValueJson() {}

    static AttributeValue read(JsonNode node) {
        JsonVariant variant = JsonVariant.of(node);
        JsonNode given = variant.value();
        AttributeValue.Builder value = AttributeValue.newBuilder();
        AttributeValue.Builder read =
                switch (variant.tag()) {
                    case "None" -> {
                        variant.withoutValue();
                        yield value.setNone(NoneAttributeValueVariant.getDefaultInstance());
                    }
                    case "Bytes" -> value.setBytes(readBytes(given));
                    case "String" ->
                        value.setString(StringAttributeValueVariant.newBuilder().setData(JsonValues.text(given)));
                    case "StringVector" ->
                        value.setStringVector(StringVectorAttributeValueVariant.newBuilder()
                                .addAllData(JsonValues.list(given, JsonValues::text)));
                    case "Integer" ->
                        value.setInteger(
                                IntegerAttributeValueVariant.newBuilder().setData(readInteger(given)));
                    case "IntegerVector" ->
                        value.setIntegerVector(IntegerVectorAttributeValueVariant.newBuilder()
                                .addAllData(JsonValues.list(given, AttributeValueJson::readInteger)));
                    case "Float" ->
                        value.setFloat(FloatAttributeValueVariant.newBuilder().setData(JsonValues.number(given)));
                    case "FloatVector" ->
                        value.setFloatVector(FloatVectorAttributeValueVariant.newBuilder()
                                .addAllData(JsonValues.list(given, JsonValues::number)));
                    case "Boolean" ->
                        value.setBoolean(
                                BooleanAttributeValueVariant.newBuilder().setData(JsonValues.truth(given)));
                    case "BooleanVector" ->
                        value.setBooleanVector(BooleanVectorAttributeValueVariant.newBuilder()
                                .addAllData(JsonValues.list(given, JsonValues::truth)));
                    case "TemporaryValue" -> value.setTemporary(TemporaryValueVariant.getDefaultInstance());
                    default -> readShape(variant, value);
                };
        return read.build();
    }

    private static AttributeValue.Builder readShape(JsonVariant variant, AttributeValue.Builder value) {
        JsonNode given = variant.value();
        return switch (variant.tag()) {
            case "BBox" ->
                value.setBoundingBox(
                        BoundingBoxAttributeValueVariant.newBuilder().setData(ShapeJson.readBox(given)));
            case "BBoxVector" ->
                value.setBoundingBoxVector(BoundingBoxVectorAttributeValueVariant.newBuilder()
                        .addAllData(JsonValues.list(given, ShapeJson::readBox)));
            case "Point" ->
                value.setPoint(PointAttributeValueVariant.newBuilder().setData(ShapeJson.readPoint(given)));
            case "PointVector" ->
                value.setPointVector(PointVectorAttributeValueVariant.newBuilder()
                        .addAllData(JsonValues.list(given, ShapeJson::readPoint)));
            case "Polygon" ->
                value.setPolygon(PolygonAttributeValueVariant.newBuilder().setData(ShapeJson.readPolygon(given)));
            case "PolygonVector" ->
                value.setPolygonVector(PolygonVectorAttributeValueVariant.newBuilder()
                        .addAllData(JsonValues.list(given, ShapeJson::readPolygon)));
            case "Intersection" ->
                value.setIntersection(
                        IntersectionAttributeValueVariant.newBuilder().setData(ShapeJson.readIntersection(given)));
            default -> throw variant.unknown(CHOICES);
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
        return switch (value.getValueCase()) {
            case NONE, VALUE_NOT_SET -> TextNode.valueOf("None");
            case BYTES -> object("Bytes", writeBytes(value.getBytes()));
            case STRING -> object("String", NODES.textNode(value.getString().getData()));
            case STRING_VECTOR -> {
                ArrayNode texts = NODES.arrayNode();
                value.getStringVector().getDataList().forEach(texts::add);
                yield object("StringVector", texts);
            }
            case INTEGER ->
                object("Integer", NODES.numberNode(value.getInteger().getData()));
            case INTEGER_VECTOR ->
                object("IntegerVector", integers(value.getIntegerVector().getDataList()));
            case FLOAT -> object("Float", NODES.numberNode(value.getFloat().getData()));
            case FLOAT_VECTOR -> {
                ArrayNode numbers = NODES.arrayNode();
                value.getFloatVector().getDataList().forEach(numbers::add);
                yield object("FloatVector", numbers);
            }
            case BOOLEAN ->
                object("Boolean", NODES.booleanNode(value.getBoolean().getData()));
            case BOOLEAN_VECTOR -> {
                ArrayNode truths = NODES.arrayNode();
                value.getBooleanVector().getDataList().forEach(truths::add);
                yield object("BooleanVector", truths);
            }
            case TEMPORARY -> object("TemporaryValue", NODES.objectNode());
            default -> writeShape(value);
        };
    }

    private static ObjectNode writeShape(AttributeValue value) {
        ArrayNode shapes = NODES.arrayNode();
        return switch (value.getValueCase()) {
            case BOUNDING_BOX ->
                object("BBox", ShapeJson.write(value.getBoundingBox().getData()));
            case BOUNDING_BOX_VECTOR -> {
                value.getBoundingBoxVector().getDataList().forEach(box -> shapes.add(ShapeJson.write(box)));
                yield object("BBoxVector", shapes);
            }
            case POINT -> object("Point", ShapeJson.write(value.getPoint().getData()));
            case POINT_VECTOR -> {
                value.getPointVector().getDataList().forEach(point -> shapes.add(ShapeJson.write(point)));
                yield object("PointVector", shapes);
            }
            case POLYGON -> object("Polygon", ShapeJson.write(value.getPolygon().getData()));
            case POLYGON_VECTOR -> {
                value.getPolygonVector().getDataList().forEach(area -> shapes.add(ShapeJson.write(area)));
                yield object("PolygonVector", shapes);
            }
            case INTERSECTION ->
                object("Intersection", ShapeJson.write(value.getIntersection().getData()));
            default -> throw new IllegalStateException("no shape: " + value.getValueCase());
        };
    }

    private static ArrayNode writeBytes(BytesAttributeValueVariant value) {
        ArrayNode bytes = NODES.arrayNode();
        value.getData().forEach(octet -> bytes.add(octet & MAX_BYTE));
        return NODES.arrayNode().add(integers(value.getDimsList())).add(bytes);
    }

    private static ArrayNode integers(List<Long> values) {
        ArrayNode numbers = NODES.arrayNode();
        values.forEach(numbers::add);
        return numbers;
    }

    private static ObjectNode object(String tag, JsonNode value) {
        return NODES.objectNode().set(tag, value);
    }
}
