package routes.platform.cli;

import java.time.OffsetDateTime;
import java.time.ZoneId;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class MomentConverterTest {

    private final MomentConverter converter = new MomentConverter(ZoneId.of("Europe/Amsterdam"));

    @ParameterizedTest
    @CsvSource({
        "2024-02-01T09:30:00Z, 2024-02-01T09:30Z",
        "2024-02-01T09:30:00-05:00, 2024-02-01T09:30-05:00",
        "2024-02-01T09:30:00.25+01:00, 2024-02-01T09:30:00.25+01:00",
        "2024-02-01T09:30, 2024-02-01T09:30+01:00",
        "2024-07-01T09:30:00, 2024-07-01T09:30+02:00",
        "2024-07-01, 2024-07-01T00:00+02:00",
    })
    void readsTheLocalClockWhereNoOffsetIsGiven(String text, OffsetDateTime moment) {
        assertThat(converter.convert(text)).isEqualTo(moment);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "now", "2024-02-30", "2024-02-01T25:00", "1706779800"})
    void refusesWhatIsNoMoment(String text) {
        assertThatThrownBy(() -> converter.convert(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("2024-02-01T09:30");
    }
}
