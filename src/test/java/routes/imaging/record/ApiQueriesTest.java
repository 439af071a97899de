package routes.imaging.record;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import routes.platform.InvalidInputException;
import routes.platform.MutableClock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class ApiQueriesTest {

    private final ApiQueries queries =
            new ApiQueries(new MutableClock("2024-02-01T10:00:00Z"), List.of("events", "exports"));

    @Test
    @DisplayName("A03 without parameters: stitched uploads of the last 24 hours, 500 of them")
    void exportDefaults() {
        assertThat(queries.exports(Map.of()))
                .containsEntry("start", OffsetDateTime.parse("2024-01-31T10:00:00Z"))
                .containsEntry("end", OffsetDateTime.parse("2024-02-01T10:00:00Z"))
                .containsEntry("event_type", "STITCH")
                .containsEntry("experiment_id", null)
                .containsEntry("system", null)
                .containsEntry("limit", 500)
                .containsEntry("offset", 0);
    }

    @Test
    @DisplayName("A03 every parameter of the exports counts")
    void exportParameters() {
        assertThat(queries.exports(Map.of(
                        "start", "2024-01-01T00:00:00Z",
                        "end", "2024-01-02T00:00:00+01:00",
                        "event_type", "video",
                        "experiment_id", "e",
                        "system", "prince",
                        "limit", "10",
                        "offset", 20)))
                .containsEntry("start", OffsetDateTime.parse("2024-01-01T00:00:00Z"))
                .containsEntry("end", OffsetDateTime.parse("2024-01-02T00:00:00+01:00"))
                .containsEntry("event_type", "VIDEO")
                .containsEntry("experiment_id", "e")
                .containsEntry("system", "prince")
                .containsEntry("limit", 10)
                .containsEntry("offset", 20);
    }

    @ParameterizedTest
    @CsvSource({
        "2024-02-01T10:00:00 01:00, 2024-02-01T10:00:00+01:00",
        "2024-02-01 10:00:00 0100, 2024-02-01T10:00:00+01:00",
        "2024-02-01T10:00:00-01:00, 2024-02-01T10:00:00-01:00",
        "2024-02-01 10:00:00Z, 2024-02-01T10:00:00Z",
        "1706781600, 2024-02-01T10:00:00Z"
    })
    @DisplayName("A03 a plus that arrives as a space is still an offset")
    void plusAsSpace(String given, String time) {
        assertThat(queries.exports(Map.of("start", given))).containsEntry("start", OffsetDateTime.parse(time));
    }

    @ParameterizedTest
    @CsvSource({
        "start, 2024-02-01T10:00:00",
        "start, 2024-02-01",
        "start, 2024-02-01 10:00",
        "end, yesterday",
        "event_type, overview",
        "limit, ten",
        "limit, 99999999999",
        "limit, '[1, 2]'",
        "offset, 1.5"
    })
    @DisplayName("A05 a wrong parameter is named with its place")
    void wrongParameter(String name, String value) {
        assertThat(catchThrowableOfType(
                                InvalidInputException.class, () -> queries.exports(Map.of(name, (Object) value)))
                        .problems())
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.location()).containsExactly("query", name);
                    assertThat(problem.input()).isEqualTo(value);
                    assertThat(problem.code()).isNotBlank();
                });
    }

    @Test
    @DisplayName("A07 archives: 100 a page, all types")
    void archives() {
        assertThat(queries.archives(Map.of()))
                .containsEntry("limit", 100)
                .containsEntry("offset", 0)
                .containsEntry("event_type", null)
                .containsEntry("experiment_id", null);
        assertThat(queries.archives(Map.of("event_type", "VIDEO"))).containsEntry("event_type", "VIDEO");
    }

    @Test
    @DisplayName("A10 events: every filter may be left out, but its parameter is there")
    void events() {
        assertThat(queries.events(Map.of()))
                .containsOnlyKeys("limit", "offset", "start", "end", "event_type", "experiment_id", "system", "state")
                .containsEntry("start", null)
                .containsEntry("state", null);
        assertThat(queries.events(Map.of("state", "exported"))).containsEntry("state", "exported");
    }

    @Test
    @DisplayName("A09 seven days, unless asked for others")
    void days() {
        assertThat(queries.days(Map.of())).isEqualTo(Map.of("days", 7));
        assertThat(queries.days(Map.of("days", "90"))).isEqualTo(Map.of("days", 90));
    }

    @ParameterizedTest
    @ValueSource(strings = {"61c7a1de-35a0-4d0b-8a52-1e7b90a2c001", "61C7A1DE35A04D0B8A521E7B90A2C001"})
    @DisplayName("A08 both spellings of an id")
    void id(String given) {
        assertThat(queries.id(Map.of("id", given), "id"))
                .isEqualTo(Map.of("id", UUID.fromString("61c7a1de-35a0-4d0b-8a52-1e7b90a2c001")));
    }

    @Test
    @DisplayName("A08 what is no id is named with its place")
    void noId() {
        assertThat(catchThrowableOfType(InvalidInputException.class, () -> queries.id(Map.of("ref_id", "7"), "ref_id"))
                        .problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.location()).containsExactly("path", "ref_id"));
        assertThatThrownBy(() -> queries.id(Map.of(), "id")).isInstanceOf(InvalidInputException.class);
    }

    @Test
    @DisplayName("I21 the backlog needs both bounds")
    void backlog() {
        assertThat(queries.backlog(Map.of("start", "2024-02-01T00:00:00Z", "end", "2024-02-02T00:00:00Z")))
                .containsEntry("start", OffsetDateTime.parse("2024-02-01T00:00:00Z"))
                .containsEntry("end", OffsetDateTime.parse("2024-02-02T00:00:00Z"))
                .containsEntry("system", null);
        assertThatThrownBy(() -> queries.backlog(Map.of("end", "2024-02-02T00:00:00Z")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("start");
        assertThatThrownBy(() -> queries.backlog(Map.of("start", "2024-02-02T00:00:00Z")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("end");
    }
}
