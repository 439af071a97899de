package routes.imaging.record;

import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import routes.imaging.EventJson;
import routes.imaging.event.PendingEvent;
import routes.imaging.event.StreamMessages;
import routes.imaging.event.SystemShare;
import routes.platform.InvalidInputException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class KnownEventsTest {

    private final KnownEvents known = new KnownEvents();
    private final PendingEvent pending = pending(EventJson.valid());

    @Test
    @DisplayName("D02 an event nobody knows, or the same again, goes on")
    void unknownOrEqual() {
        assertThat(known.refuseConflict(pending, List.of())).isSameAs(pending);
        assertThat(known.refuseConflict(pending, List.of(row()))).isSameAs(pending);
    }

    @ParameterizedTest
    @CsvSource({
        "type, VIDEO, event_type",
        "experiment_id, 20240115_008, experiment_id",
        "system, aretha, system",
        "system, , system",
        "local_path, other, img_dir"
    })
    @DisplayName("D02 a known event with another value is refused and the value named")
    void conflict(String column, String value, String field) {
        Map<String, Object> row = row();
        row.put(column, value);

        assertThatThrownBy(() -> known.refuseConflict(pending, List.of(row)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("timestep_id")
                .hasMessageContaining("[" + field + "]");
        assertThat(known.differences(entry(EventJson.valid()), List.of(row))).containsExactly(field);
    }

    @Test
    @DisplayName("D02 another moment is a conflict, the same moment with another offset is none")
    void moments() {
        Map<String, Object> row = row();
        row.put("timestamp", Timestamp.from(Instant.parse("2024-02-01T09:30:00Z")));
        assertThat(known.differences(entry(EventJson.valid()), List.of(row))).isEmpty();
        assertThat(known.differences(
                        entry(EventJson.valid().with("timestamp", "2024-02-01T10:30:00+01:00")), List.of(row)))
                .isEmpty();

        row.put("timestamp", OffsetDateTime.parse("2024-02-01T09:30:00.000001Z"));
        assertThat(known.differences(entry(EventJson.valid()), List.of(row))).containsExactly("timestamp");
    }

    @ParameterizedTest
    @CsvSource({
        "2024-02-01T09:30:00.123456789Z, 2024-02-01T09:30:00.123457Z",
        "2024-02-01T09:30:00.123456789Z, 2024-02-01T09:30:00.123456Z"
    })
    @DisplayName("D02 the nanoseconds that the database cannot keep are no conflict")
    void nanoseconds(String given, String kept) {
        Map<String, Object> row = row();
        row.put("timestamp", OffsetDateTime.parse(kept));

        assertThat(known.differences(entry(EventJson.valid().with("timestamp", given)), List.of(row)))
                .isEmpty();
    }

    @Test
    @DisplayName("CI7 another spelling of the same folder is no conflict, in rows of former releases neither")
    void spelling() {
        Map<String, Object> row = row();
        row.put("local_path", "x/../20240201_0930_Plate07/");
        assertThat(known.differences(
                        entry(EventJson.valid().with("img_dir", "./20240201_0930_Plate07//")), List.of(row)))
                .isEmpty();
    }

    private static Map<String, Object> row() {
        Map<String, Object> row = new HashMap<>();
        row.put("type", "STITCH");
        row.put("experiment_id", "20240115_007");
        row.put("timestamp", OffsetDateTime.parse("2024-02-01T10:30:00+01:00"));
        row.put("system", "prince");
        row.put("local_path", "20240201_0930_Plate07");
        return row;
    }

    private static ImagingEventRow entry(EventJson event) {
        StreamMessages messages = new StreamMessages(EventJson.MAPPER);
        return ImagingEventRow.of(messages.readEvent(messages.writeEvent(pending(event))), "1706779800123-0");
    }

    private static PendingEvent pending(EventJson event) {
        return new PendingEvent(
                event.event(),
                new SystemShare("prince", Path.of("prince")),
                Path.of("1.json"),
                Path.of("x"),
                2,
                Optional.empty(),
                Optional.empty());
    }
}
