package routes.platform.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/** Formats the body of an HTTP answer for people. */
final class Answer {

    private final ObjectMapper json;
    private final String body;

    Answer(ObjectMapper json, String body) {
        this.json = json;
        this.body = body;
    }

    /** JSON is shown as YAML, anything else unchanged. */
    String asText() throws JsonProcessingException {
        JsonNode tree = tree();
        if (tree.isMissingNode()) {
            return body.isBlank() ? "" : body + System.lineSeparator();
        }
        DumperOptions blocks = new DumperOptions();
        blocks.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        return new Yaml(blocks).dump(json.treeToValue(tree, Object.class));
    }

    /**
     * Problem details are shown by their title and detail; the detail may be a list with one entry for each wrong
     * field.
     */
    String asProblem(int status) {
        JsonNode problem = tree();
        String title = problem.path("title").asText("HTTP status " + status);
        JsonNode detail = problem.path("detail");
        if (!detail.isArray()) {
            return detail.isTextual() ? title + ": " + detail.textValue() : title;
        }
        List<String> lines = new ArrayList<>(List.of(title + ":"));
        detail.forEach(field ->
                lines.add("  " + place(field) + ": " + field.path("msg").asText()));
        return String.join(System.lineSeparator(), lines);
    }

    private static String place(JsonNode field) {
        return StreamSupport.stream(field.path("loc").spliterator(), false)
                .map(JsonNode::asText)
                .reduce((outer, inner) -> outer + "." + inner)
                .orElse("request");
    }

    private JsonNode tree() {
        try {
            return json.readTree(body);
        } catch (JsonProcessingException notJson) {
            return MissingNode.getInstance();
        }
    }
}
