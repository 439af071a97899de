package routes.platform.rest.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.springframework.stereotype.Component;

/** Writes problems as JSON. */
@Component
public class ProblemJson {

    private final ObjectMapper mapper;

    public ProblemJson(ObjectMapper mapper) {
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
