package routes.platform.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.springframework.stereotype.Component;

/** Writes problems as JSON. */
@Component
class ProblemJson {

    private final ObjectMapper mapper;

    ProblemJson(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    String write(Problem problem) {
        try {
            return mapper.writeValueAsString(problem.members());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Strings, numbers and lists can always be written as JSON", e);
        }
    }
}
