package routes.replay;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.google.protobuf.ByteString;
import routes.replay.job.AttributeCollision;
import routes.replay.job.RoutingLabels;
import routes.replay.job.stream.FrameAttributes;
import routes.replay.job.stream.JobRewriter;
import routes.replay.protocol.ProtocolVersions;
import routes.replay.savant.Attribute;
import routes.replay.savant.AttributeValue;
import routes.replay.savant.BooleanAttributeValueVariant;
import routes.replay.savant.BooleanVectorAttributeValueVariant;
import routes.replay.savant.BoundingBox;
import routes.replay.savant.BoundingBoxAttributeValueVariant;
import routes.replay.savant.BoundingBoxVectorAttributeValueVariant;
import routes.replay.savant.BytesAttributeValueVariant;
import routes.replay.savant.FloatAttributeValueVariant;
import routes.replay.savant.FloatVectorAttributeValueVariant;
import routes.replay.savant.IntegerAttributeValueVariant;
import routes.replay.savant.IntegerVectorAttributeValueVariant;
import routes.replay.savant.Intersection;
import routes.replay.savant.IntersectionAttributeValueVariant;
import routes.replay.savant.IntersectionEdge;
import routes.replay.savant.IntersectionKind;
import routes.replay.savant.NoneAttributeValueVariant;
import routes.replay.savant.Point;
import routes.replay.savant.PointAttributeValueVariant;
import routes.replay.savant.PointVectorAttributeValueVariant;
import routes.replay.savant.PolygonAttributeValueVariant;
import routes.replay.savant.PolygonVectorAttributeValueVariant;
import routes.replay.savant.PolygonalArea;
import routes.replay.savant.PolygonalAreaTag;
import routes.replay.savant.PolygonalAreaTags;
import routes.replay.savant.StringAttributeValueVariant;
import routes.replay.savant.StringVectorAttributeValueVariant;
import routes.replay.savant.TemporaryValueVariant;

/** One attribute of each variant, with something in every field. */
public final class VariantSamples {

    private static final BoundingBox BOX = BoundingBox.newBuilder()
            .setXc(1)
            .setYc(2)
            .setWidth(3.5f)
            .setHeight(4)
            .build();
    private static final Point POINT = Point.newBuilder().setX(0.1f).setY(-2).build();
    private static final PolygonalArea AREA = PolygonalArea.newBuilder()
            .addPoints(POINT)
            .setTags(PolygonalAreaTags.newBuilder()
                    .addTags(PolygonalAreaTag.newBuilder().setTag("a"))
                    .addTags(PolygonalAreaTag.newBuilder()))
            .build();

    private VariantSamples() {}

    /** A rewriter that changes nothing of a message of cam-1. */
    public static JobRewriter rewriter() {
        return new JobRewriter(
                "cam-1",
                RoutingLabels.BYPASS,
                new FrameAttributes(List.of(), AttributeCollision.ERROR),
                new ProtocolVersions(List.of("*"), "1.15.1", Map.of()),
                Optional.empty());
    }

    public static Attribute attribute(AttributeValue.ValueCase variant) {
        return Attribute.newBuilder()
                .setNamespace("ns")
                .setName(variant.name())
                .setHint("a hint")
                .setIsPersistent(true)
                .addValues(value(variant).setConfidence(0.25f))
                .addValues(value(variant))
                .build();
    }

    private static AttributeValue.Builder value(AttributeValue.ValueCase variant) {
        AttributeValue.Builder value = AttributeValue.newBuilder();
        return switch (variant) {
            case BYTES ->
                value.setBytes(BytesAttributeValueVariant.newBuilder()
                        .addDims(2)
                        .addDims(1)
                        .setData(ByteString.copyFrom(new byte[] {0, -1})));
            case STRING ->
                value.setString(StringAttributeValueVariant.newBuilder().setData("ä"));
            case STRING_VECTOR ->
                value.setStringVector(StringVectorAttributeValueVariant.newBuilder()
                        .addData("a")
                        .addData(""));
            case INTEGER ->
                value.setInteger(IntegerAttributeValueVariant.newBuilder().setData(Long.MIN_VALUE));
            case INTEGER_VECTOR ->
                value.setIntegerVector(IntegerVectorAttributeValueVariant.newBuilder()
                        .addData(1)
                        .addData(-1));
            case FLOAT -> value.setFloat(FloatAttributeValueVariant.newBuilder().setData(0.1));
            case FLOAT_VECTOR ->
                value.setFloatVector(FloatVectorAttributeValueVariant.newBuilder()
                        .addData(1.5)
                        .addData(-1e300));
            case BOOLEAN ->
                value.setBoolean(BooleanAttributeValueVariant.newBuilder().setData(true));
            case BOOLEAN_VECTOR ->
                value.setBooleanVector(BooleanVectorAttributeValueVariant.newBuilder()
                        .addData(true)
                        .addData(false));
            case BOUNDING_BOX ->
                value.setBoundingBox(
                        BoundingBoxAttributeValueVariant.newBuilder().setData(BOX));
            case BOUNDING_BOX_VECTOR ->
                value.setBoundingBoxVector(BoundingBoxVectorAttributeValueVariant.newBuilder()
                        .addData(BOX)
                        .addData(BOX.toBuilder().setAngle(90)));
            case POINT -> value.setPoint(PointAttributeValueVariant.newBuilder().setData(POINT));
            case POINT_VECTOR ->
                value.setPointVector(
                        PointVectorAttributeValueVariant.newBuilder().addData(POINT));
            case POLYGON ->
                value.setPolygon(PolygonAttributeValueVariant.newBuilder().setData(AREA));
            case POLYGON_VECTOR ->
                value.setPolygonVector(PolygonVectorAttributeValueVariant.newBuilder()
                        .addData(AREA)
                        .addData(AREA.toBuilder().clearTags()));
            case INTERSECTION ->
                value.setIntersection(IntersectionAttributeValueVariant.newBuilder()
                        .setData(Intersection.newBuilder()
                                .setKind(IntersectionKind.CROSS)
                                .addEdges(
                                        IntersectionEdge.newBuilder().setId(-1).setTag("a"))
                                .addEdges(IntersectionEdge.newBuilder().setId(1))));
            case NONE -> value.setNone(NoneAttributeValueVariant.getDefaultInstance());
            case TEMPORARY -> value.setTemporary(TemporaryValueVariant.getDefaultInstance());
            case VALUE_NOT_SET -> value;
        };
    }
}
