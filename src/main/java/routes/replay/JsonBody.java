package routes.replay;

import java.util.List;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import routes.platform.FieldProblem;
import routes.platform.InvalidInputException;

/** Reads the bodies of requests. */
final class JsonBody {

    private final ObjectReader reader;

    JsonBody(ObjectMapper json) {
        this.reader = json.reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }

    /** @throws InvalidInputException it is no JSON, or has a text that PostgreSQL could not keep */
    JsonNode read(String body) {
        JsonNode read = parse(body);
        if (hasCharacterZero(read)) {
            throw invalid("has a text with the character \\u0000, which cannot be stored");
        }
        return read;
    }

    private JsonNode parse(String body) {
        try {
            return reader.readTree(body);
        } catch (JsonProcessingException e) {
            throw invalid("is not valid JSON: " + e.getOriginalMessage());
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
        return new InvalidInputException(List.of(new FieldProblem(List.of("body"), "json_invalid", problem, null)));
    }
}
