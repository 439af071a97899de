package routes.imaging.event;

import java.math.BigDecimal;
import java.time.Duration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.TextNode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import routes.imaging.EventJson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

class WholeNumberTest {

    @Property
    void everySpellingIsTheSameNumber(@ForAll int number) throws Exception {
        assertThat(WholeNumber.of(json("" + number))).isEqualTo(number);
        assertThat(WholeNumber.of(json(number + ".0"))).isEqualTo(number);
        assertThat(WholeNumber.of(json("\"" + number + "\""))).isEqualTo(number);
        assertThat(WholeNumber.of(json("\" " + number + ".000 \""))).isEqualTo(number);
    }

    @ParameterizedTest
    @CsvSource({"1e3, 1000", "'\"1e3\"', 1000", "-0, 0", "999999999999999999, 999999999999999999"})
    void unusualSpellings(String json, long number) throws Exception {
        assertThat(WholeNumber.of(json(json))).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e999999999",
                "\"1e999999999\"",
                "1e400",
                "-1e400",
                "\"1e99999999999999\"",
                "1000000000000000000",
                "1.5",
                "\"1.5\"",
                "\"1e-999999999\"",
                "true",
                "null",
                "[7]",
                "{}",
                "\"\"",
                "\"seven\"",
                "\"NaN\""
            })
    void whatIsNoNumberThatFits(String json) throws Exception {
        JsonNode node = json(json);

        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> assertThatThrownBy(() -> WholeNumber.of(node))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("(must be|is too) .*"));
    }

    @Test
    void hugeExactNumbers() {
        assertThatThrownBy(() -> WholeNumber.of(DecimalNode.valueOf(new BigDecimal("1e999999999"))))
                .hasMessage("is too large");
    }

    @Test
    void aMillionDigitsTakeNoTime() {
        JsonNode digits = TextNode.valueOf("9".repeat(1_000_000));

        assertTimeoutPreemptively(Duration.ofSeconds(2), () -> assertThatThrownBy(() -> WholeNumber.of(digits))
                .hasMessageContaining("too long"));
    }

    private static JsonNode json(String text) throws Exception {
        return EventJson.MAPPER.readTree(text);
    }
}
