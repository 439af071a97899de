package routes.platform.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import routes.platform.InvalidInputException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class JsonFieldsTest {

    @Test
    @DisplayName("Every wrong field is named with its place, in inner objects, too")
    void everyProblem() throws Exception {
        JsonFields fields = new JsonFields(json("{'a': 1, 'inner': {'b': true}, 'list': [{'c': 'x'}, {}, 7]}"));

        fields.required("a", JsonValues::text);
        JsonFields inner = fields.within("inner");
        inner.required("b", JsonValues::text);
        inner.required("absent", JsonValues::text);
        fields.each("list").forEach(element -> element.required("c", JsonValues::text));

        assertThatThrownBy(fields::throwIfAnyProblem)
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("a: must be a string; inner.b: must be a string; inner.absent: is required;"
                        + " list.c: is required; list.c: is required");
    }

    @Test
    @DisplayName("A null counts as absent, and so does a value that its reader takes for none")
    void absent() throws Exception {
        JsonFields fields = new JsonFields(json("{'a': null, 'b': 'None'}"));

        assertThat(fields.optional("a", JsonValues::text)).isEmpty();
        assertThat(fields.optional("b", node -> null)).isEmpty();
        fields.throwIfAnyProblem();
    }

    @Test
    @DisplayName("What is not an object is refused where one belongs")
    void noObject() throws Exception {
        JsonFields fields = new JsonFields(json("{'inner': 7, 'list': {}}"));
        fields.within("inner");
        fields.each("list");

        assertThatThrownBy(fields::throwIfAnyProblem).hasMessage("inner: must be an object; list: must be an array");
        assertThatThrownBy(() -> new JsonFields(json("[]"))).isInstanceOf(IllegalArgumentException.class);
    }

    private static JsonNode json(String text) throws Exception {
        return new ObjectMapper().readTree(text.replace('\'', '"'));
    }
}
