package routes.replay;

import java.util.List;

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

    /** @throws InvalidInputException it is no JSON */
    JsonNode read(String body) {
        try {
            return reader.readTree(body);
        } catch (JsonProcessingException e) {
            throw new InvalidInputException(List.of(new FieldProblem(
                    List.of("body"), "json_invalid", "is not valid JSON: " + e.getOriginalMessage(), null)));
        }
    }
}
