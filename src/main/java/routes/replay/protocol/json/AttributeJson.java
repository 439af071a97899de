package routes.replay.protocol.json;

import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import routes.platform.json.JsonFields;
import routes.platform.json.JsonValues;
import routes.replay.savant.Attribute;
import routes.replay.savant.AttributeValue;

/** Attributes as JSON: how clients give them with a job, and how a keyframe shows them. */
public final class AttributeJson {

    private AttributeJson() {}

    public static Attribute read(JsonNode node) {
        JsonFields fields = new JsonFields(node);
        String namespace = fields.required("namespace", JsonValues::text);
        String name = fields.required("name", JsonValues::text);
        List<AttributeValue> values =
                fields.required("values", array -> JsonValues.list(array, AttributeJson::readValue));
        Optional<String> hint = fields.optional("hint", JsonValues::text);
        Boolean persistent = fields.required("is_persistent", JsonValues::truth);
        Boolean hidden = fields.required("is_hidden", JsonValues::truth);
        fields.throwIfAnyProblem();
        Attribute.Builder attribute = Attribute.newBuilder()
                .setNamespace(namespace)
                .setName(name)
                .addAllValues(values)
                .setIsPersistent(persistent)
                .setIsHidden(hidden);
        hint.ifPresent(attribute::setHint);
        return attribute.build();
    }

    private static AttributeValue readValue(JsonNode node) {
        JsonFields fields = new JsonFields(node);
        Optional<Float> confidence = fields.optional("confidence", JsonValues::smallFloat);
        AttributeValue value = fields.required("value", AttributeValueJson::read);
        fields.throwIfAnyProblem();
        return confidence
                .map(given -> value.toBuilder().setConfidence(given).build())
                .orElse(value);
    }

    public static ObjectNode write(Attribute attribute) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        FieldJson.copy(attribute, json, "namespace", "name");
        ArrayNode values = json.putArray("values");
        attribute.getValuesList().forEach(value -> values.add(write(value)));
        FieldJson.copy(attribute, json, "hint", "is_persistent", "is_hidden");
        return json;
    }

    private static ObjectNode write(AttributeValue value) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        FieldJson.copy(value, json, "confidence");
        json.set("value", AttributeValueJson.write(value));
        return json;
    }
}
