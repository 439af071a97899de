package routes.replay.protocol.json;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import routes.platform.json.JsonFields;
import routes.platform.json.JsonValues;
import routes.replay.savant.BoundingBox;
import routes.replay.savant.Intersection;
import routes.replay.savant.IntersectionEdge;
import routes.replay.savant.IntersectionKind;
import routes.replay.savant.Point;
import routes.replay.savant.PolygonalArea;
import routes.replay.savant.PolygonalAreaTag;
import routes.replay.savant.PolygonalAreaTags;

/** Boxes, points, polygons and intersections as JSON. */
final class ShapeJson {

    /** How the original writes that a box has no angle. */
    private static final float NO_ANGLE = Float.MAX_VALUE;

    private static final BigInteger MAX_UNSIGNED =
            BigInteger.ONE.shiftLeft(Long.SIZE).subtract(BigInteger.ONE);
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private ShapeJson() {}

    /** {@code has_modifications} is the original's own bookkeeping and does not exist on the wire. */
    static BoundingBox readBox(JsonNode node) {
        JsonFields fields = new JsonFields(node);
        Float xc = fields.required("xc", JsonValues::smallFloat);
        Float yc = fields.required("yc", JsonValues::smallFloat);
        Float width = fields.required("width", JsonValues::smallFloat);
        Float height = fields.required("height", JsonValues::smallFloat);
        Optional<Float> angle = fields.optional("angle", JsonValues::smallFloat).filter(given -> given != NO_ANGLE);
        fields.optional("has_modifications", JsonValues::truth);
        fields.throwIfAnyProblem();
        BoundingBox.Builder box =
                BoundingBox.newBuilder().setXc(xc).setYc(yc).setWidth(width).setHeight(height);
        angle.ifPresent(box::setAngle);
        return box.build();
    }

    static ObjectNode write(BoundingBox box) {
        return NODES.objectNode()
                .put("xc", box.getXc())
                .put("yc", box.getYc())
                .put("width", box.getWidth())
                .put("height", box.getHeight())
                .put("angle", box.hasAngle() ? box.getAngle() : NO_ANGLE)
                .put("has_modifications", false);
    }

    static Point readPoint(JsonNode node) {
        JsonFields fields = new JsonFields(node);
        Float x = fields.required("x", JsonValues::smallFloat);
        Float y = fields.required("y", JsonValues::smallFloat);
        fields.throwIfAnyProblem();
        return Point.newBuilder().setX(x).setY(y).build();
    }

    static PolygonalArea readPolygon(JsonNode node) {
        JsonFields fields = new JsonFields(node);
        PolygonalArea.Builder area = PolygonalArea.newBuilder();
        fields.optional("tags", ShapeJson::readTags).ifPresent(area::setTags);
        var vertices = fields.required("vertices", array -> JsonValues.list(array, ShapeJson::readPoint));
        fields.throwIfAnyProblem();
        return area.addAllPoints(vertices).build();
    }

    private static PolygonalAreaTags readTags(JsonNode node) {
        return PolygonalAreaTags.newBuilder()
                .addAllTags(JsonValues.list(node, ShapeJson::readTag))
                .build();
    }

    private static PolygonalAreaTag readTag(JsonNode node) {
        return node.isNull()
                ? PolygonalAreaTag.getDefaultInstance()
                : PolygonalAreaTag.newBuilder().setTag(JsonValues.text(node)).build();
    }

    static ObjectNode write(PolygonalArea area) {
        ObjectNode json = NODES.objectNode();
        ArrayNode vertices = json.putArray("vertices");
        area.getPointsList()
                .forEach(point -> vertices.addObject().put("x", point.getX()).put("y", point.getY()));
        if (area.hasTags()) {
            ArrayNode tags = json.putArray("tags");
            area.getTags().getTagsList().forEach(tag -> tags.add(tag.hasTag() ? tag.getTag() : null));
        } else {
            json.putNull("tags");
        }
        return json;
    }

    static Intersection readIntersection(JsonNode node) {
        JsonFields fields = new JsonFields(node);
        IntersectionKind kind = fields.required("kind", ShapeJson::readKind);
        var edges = fields.required("edges", array -> JsonValues.list(array, ShapeJson::readEdge));
        fields.throwIfAnyProblem();
        return Intersection.newBuilder().setKind(kind).addAllEdges(edges).build();
    }

    private static IntersectionKind readKind(JsonNode node) {
        String text = JsonValues.text(node);
        return Arrays.stream(IntersectionKind.values())
                .filter(kind -> name(kind).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("must be one of Enter, Inside, Leave, Cross, Outside"));
    }

    /** {@code [id, "tag" or null]}, the id unsigned. */
    private static IntersectionEdge readEdge(JsonNode node) {
        if (!node.isArray() || node.size() != 2 || !node.get(0).isIntegralNumber()) {
            throw new IllegalArgumentException("must be an array of two, a whole number and a tag or null");
        }
        BigInteger id = node.get(0).bigIntegerValue();
        if (id.signum() < 0 || id.compareTo(MAX_UNSIGNED) > 0) {
            throw new IllegalArgumentException("must have a number from 0 to " + MAX_UNSIGNED);
        }
        IntersectionEdge.Builder edge = IntersectionEdge.newBuilder().setId(id.longValue());
        if (!node.get(1).isNull()) {
            edge.setTag(JsonValues.text(node.get(1)));
        }
        return edge.build();
    }

    static ObjectNode write(Intersection intersection) {
        ObjectNode json = NODES.objectNode().put("kind", name(intersection.getKind()));
        ArrayNode edges = json.putArray("edges");
        for (IntersectionEdge edge : intersection.getEdgesList()) {
            edges.addArray()
                    .add(new BigInteger(Long.toUnsignedString(edge.getId())))
                    .add(edge.hasTag() ? edge.getTag() : null);
        }
        return json;
    }

    private static String name(IntersectionKind kind) {
        String name = kind.name();
        return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
    }
}
