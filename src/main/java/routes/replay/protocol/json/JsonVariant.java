package routes.replay.protocol.json;

import java.util.Map;
import java.util.function.Function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import routes.platform.InvalidInputException;
import routes.platform.json.JsonFields;

/**
 * One choice of several as the original writes it: {@code "tag"} for a choice without a value, else
 * {@code {"tag": value}}.
 *
 * @param value JSON null where there is none
 */
public record JsonVariant(String tag, JsonNode value) {

    /** @throws IllegalArgumentException when it is neither */
    public static JsonVariant of(JsonNode node) {
        if (node.isTextual()) {
            return new JsonVariant(node.textValue(), NullNode.getInstance());
        }
        if (node.isObject() && node.size() == 1) {
            Map.Entry<String, JsonNode> only = node.properties().iterator().next();
            return new JsonVariant(only.getKey(), only.getValue());
        }
        throw new IllegalArgumentException("must be a string, or an object with exactly one key");
    }

    /**
     * Reads the value of a choice that has one.
     *
     * @throws InvalidInputException with what is wrong, under the tag
     */
    public <T> T read(Function<JsonNode, T> reader) {
        return JsonFields.read(tag, value, reader);
    }

    /** For a tag that is none of the choices. */
    public IllegalArgumentException unknown(String choices) {
        return new IllegalArgumentException("must be one of " + choices + "; is \"" + tag + "\"");
    }

    /** For choices that have no value. */
    public JsonVariant withoutValue() {
        if (!value.isNull()) {
            throw new IllegalArgumentException("\"" + tag + "\" has no value");
        }
        return this;
    }
}
