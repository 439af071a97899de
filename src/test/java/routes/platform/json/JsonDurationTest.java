package routes.platform.json;

import java.time.Duration;

import com.fasterxml.jackson.databind.node.TextNode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import routes.replay.Json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class JsonDurationTest {

    @Property
    void whatIsWrittenIsReadAgain(
            @ForAll @LongRange(min = 0, max = Long.MAX_VALUE - 5) long secs,
            @ForAll @IntRange(max = 999_999_999) int nanos) {
        Duration duration = Duration.ofSeconds(secs, nanos);

        assertThat(JsonDuration.read(JsonDuration.write(duration))).isEqualTo(duration);
        assertThat(JsonDuration.read(Json.of("[" + secs + "," + nanos + "]"))).isEqualTo(duration);
    }

    @ParameterizedTest
    @CsvSource({"8h,PT8H", "500ms,PT0.5S", "0s,PT0S", "2d,PT48H", "PT1H,PT1H", "P1DT1S,PT24H1S", "3us,PT0.000003S"})
    @DisplayName("CP22 a duration can be written as in settings, and by ISO 8601")
    void texts(String text, Duration duration) {
        assertThat(JsonDuration.read(TextNode.valueOf(text))).isEqualTo(duration);
    }

    @Test
    void nanosecondsCarry() {
        assertThat(JsonDuration.read(Json.of("{'secs':1,'nanos':4294967295}")))
                .isEqualTo(Duration.ofSeconds(5, 294_967_295));
        assertThat(JsonDuration.read(Json.of("{'secs':18446744073709551615,'nanos':4294967295}")))
                .isGreaterThan(Duration.ofDays(365_000_000));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'secs':1}",
                "{'nanos':1}",
                "{'secs':1,'nanos':0,'millis':0}",
                "{'secs':-1,'nanos':0}",
                "{'secs':1.0,'nanos':0}",
                "{'secs':'1','nanos':0}",
                "{'secs':18446744073709551616,'nanos':0}",
                "{'secs':1,'nanos':4294967296}",
                "{'secs':1,'nanos':-1}",
                "[1]",
                "[1,2,3]",
                "[1,-2]",
                "1",
                "'PT-1S'",
                "'1'",
                "'8 h'",
                "'-1s'",
                "'999999999999999999d'",
                "''",
                "null"
            })
    void whatIsNoDuration(String json) {
        assertThatThrownBy(() -> JsonDuration.read(Json.of(json)))
                .isInstanceOfAny(IllegalArgumentException.class, routes.platform.InvalidInputException.class);
    }

    @Test
    void timeoutsAreWholeMillisecondsAboveZero() {
        assertThat(JsonDuration.readTimeout(Json.of("[0,1999999]"))).isEqualTo(Duration.ofMillis(1));
        assertThatThrownBy(() -> JsonDuration.readTimeout(Json.of("[0,999999]")))
                .hasMessage("must be at least one millisecond");
        assertThatThrownBy(() -> JsonDuration.readTimeout(Json.of("[9999999,0]")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
