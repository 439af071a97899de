package routes.replay.job;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import routes.replay.Json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class OffsetTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'seconds':-0.1}",
                "{'seconds':1e300}",
                "{'seconds':1e999}",
                "{'seconds':9223372037}",
                "{'seconds':'1'}",
                "{'seconds':null}",
                "{'blocks':-1}",
                "{'blocks':1.5}",
                "{'frames':1}",
                "{'blocks':1,'seconds':1}",
                "'blocks'",
                "1"
            })
    @DisplayName("RP67 negative and absurd offsets are refused")
    void refused(String json) {
        assertThatThrownBy(() -> Offset.read(Json.of(json)))
                .isInstanceOfAny(IllegalArgumentException.class, routes.platform.InvalidInputException.class);
    }

    @Test
    void asJson() {
        assertThat(Offset.read(Json.of("{'blocks':2}")).toJson())
                .hasToString(Json.of("{'blocks':2}").toString());
        assertThat(Offset.read(Json.of("{'seconds':3}")).toJson())
                .hasToString(Json.of("{'seconds':3.0}").toString());
    }
}
