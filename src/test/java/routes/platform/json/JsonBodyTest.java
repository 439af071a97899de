package routes.platform.json;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import routes.platform.InvalidInputException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class JsonBodyTest {

    private final JsonBody body = new JsonBody(new ObjectMapper());

    @ParameterizedTest
    @DisplayName("A body that is no JSON, or that PostgreSQL could not keep, is refused with the reason")
    @ValueSource(strings = {"{", "{} {}", "\"\\u0000\"", "{\"a\": [1, {\"b\": \"c\\u0000\"}]}", "{\"\\u0000\": 1}"})
    void refused(String text) {
        assertThatThrownBy(() -> body.read(text)).isInstanceOf(InvalidInputException.class);
    }

    @Test
    @DisplayName("A backslash before u0000 is two characters more, and harmless")
    void harmless() {
        assertThat(body.read("{\"a\": [\"\\\\u0000\", \"\\u0001\", 1, null]}").size())
                .isEqualTo(1);
    }
}
