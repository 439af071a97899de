package routes.imaging.record;

import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import routes.imaging.EventJson;
import routes.platform.InvalidInputException;
import routes.platform.MutableClock;
import routes.platform.json.JsonBody;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ApiQueriesTest {

    private final ApiQueries queries = new ApiQueries(
            new MutableClock("2024-02-01T10:00:00Z"), List.of("events", "exports"), new JsonBody(EventJson.MAPPER));

    /** With the defaults of the contract. */
    private static Map<String, Object> given(Object... namesAndValues) {
        Map<String, Object> headers = new HashMap<>(Map.of("limit", 500, "offset", 0));
        for (int i = 0; i < namesAndValues.length; i += 2) {
            headers.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return headers;
    }

    @Test
    @DisplayName("A03 without parameters: stitched uploads of the last 24 hours, 500 of them")
    void exportDefaults() {
        assertThat(queries.exports(given("event_type", "stitch")))
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
        assertThat(queries.exports(given(
                        "start",
                        OffsetDateTime.parse("2024-01-01T00:00:00Z"),
                        "end",
                        OffsetDateTime.parse("2024-01-02T00:00:00+01:00"),
                        "event_type",
                        "video",
                        "experiment_id",
                        "e",
                        "system",
                        "prince",
                        "limit",
                        10,
                        "offset",
                        20)))
                .containsEntry("start", OffsetDateTime.parse("2024-01-01T00:00:00Z"))
                .containsEntry("end", OffsetDateTime.parse("2024-01-02T00:00:00+01:00"))
                .containsEntry("event_type", "VIDEO")
                .containsEntry("experiment_id", "e")
                .containsEntry("system", "prince")
                .containsEntry("limit", 10)
                .containsEntry("offset", 20);
    }

    @Test
    @DisplayName("A07 A10 archives and events: every filter may be left out, but its parameter is there")
    void events() {
        assertThat(queries.events(given()))
                .containsOnlyKeys("limit", "offset", "start", "end", "event_type", "experiment_id", "system", "state")
                .containsEntry("start", null)
                .containsEntry("event_type", null)
                .containsEntry("experiment_id", null)
                .containsEntry("state", null);
        assertThat(queries.events(given("state", "exported", "event_type", "video", "system", " ")))
                .containsEntry("state", "exported")
                .containsEntry("event_type", "VIDEO")
                .containsEntry("system", null);
    }

    @Test
    @DisplayName("I21 the backlog needs both bounds")
    void backlog() {
        assertThat(queries.backlog(body("start", "2024-02-01T00:00:00Z", "end", "2024-02-02T00:00:00Z")))
                .containsEntry("start", OffsetDateTime.parse("2024-02-01T00:00:00Z"))
                .containsEntry("end", OffsetDateTime.parse("2024-02-02T00:00:00Z"))
                .containsEntry("system", null);
        assertThatThrownBy(() -> queries.backlog(body("end", "2024-02-02T00:00:00Z", "start", null)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("start");
        assertThatThrownBy(() -> queries.backlog(body("start", "2024-02-02T00:00:00Z", "end", "tomorrow")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("end");
    }

    private static String body(String first, String value, String second, @Nullable String other) {
        return EventJson.MAPPER
                .createObjectNode()
                .put(first, value)
                .put(second, other)
                .toString();
    }
}
