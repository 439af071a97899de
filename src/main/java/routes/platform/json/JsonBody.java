package routes.platform.json;

import java.util.List;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import org.jspecify.annotations.Nullable;
import routes.platform.FieldProblem;
import routes.platform.InvalidInputException;

/** Reads the bodies of requests. */
public final class JsonBody {

    private final ObjectReader reader;

    public JsonBody(ObjectMapper json) {
        this.reader = json.reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }

    /**
     * @param body null when it is the text {@code null}, which Camel passes to beans as null
     * @throws InvalidInputException it is not JSON, or contains a text that PostgreSQL could not store
     */
    public JsonNode read(@Nullable String body) {
        JsonNode read = parse(body == null ? "null" : body);
        if (hasCharacterZero(read)) {
            throw invalid("has a text with the character \\u0000, which cannot be stored");
        }
        return read;
    }

    private JsonNode parse(String body) {
        try {
            return reader.readTree(body);
        } catch (JsonProcessingException e) {
            // The parser's own message names its classes and switches
            JsonLocation at = e.getLocation();
            throw invalid("is not valid JSON"
                    + (at == null ? "" : ", at line " + at.getLineNr() + ", column " + at.getColumnNr()));
        }
    }

    private static boolean hasCharacterZero(JsonNode node) {
        if (node.isTextual()) {
            return isWithZero(node.textValue());
        }
        return node.properties().stream().anyMatch(field -> isWithZero(field.getKey()))
                || StreamSupport.stream(node.spliterator(), false).anyMatch(JsonBody::hasCharacterZero);
    }

    private static boolean isWithZero(String text) {
        return text.indexOf(0) >= 0;
    }

    private static InvalidInputException invalid(String problem) {
        return new InvalidInputException(new FieldProblem(List.of("body"), "json_invalid", problem, null));
    }
}
