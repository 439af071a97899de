package routes.platform.config;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import routes.platform.ConfigurationException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DotenvTest {

    @Test
    void assignmentsQuotesAndComments() {
        assertThat(Dotenv.parse(
                        ".env",
                        List.of(
                                "# the site",
                                "",
                                "SRC_DIR=/data",
                                "export TAG = latest # newest",
                                "QUOTED=\"a # b\" # comment",
                                "SINGLE='it is = that'",
                                "HASH=a#b",
                                "EMPTY=",
                                "LIST=[\"prince\"]")))
                .isEqualTo(Map.of(
                        "SRC_DIR", "/data",
                        "TAG", "latest",
                        "QUOTED", "a # b",
                        "SINGLE", "it is = that",
                        "HASH", "a#b",
                        "EMPTY", "",
                        "LIST", "[\"prince\"]"));
    }

    @Test
    void wrongLineIsNamedButNotRepeated() {
        assertThatThrownBy(() -> Dotenv.parse(".env", List.of("A=1", "my secret")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(".env, line 2: not of the form NAME=value.");
    }
}
