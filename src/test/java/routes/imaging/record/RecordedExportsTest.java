package routes.imaging.record;

import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import routes.imaging.EventJson;
import routes.platform.InvalidInputException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RecordedExportsTest {

    private static final String KEY = "raw-data/images/20240115_007/20240201/093000.tar";

    private final RecordedExports recorded = new RecordedExports();
    private final UUID id = UUID.fromString(EventJson.ID);
    private final ExportRow export = new ExportRow(
            id, id, id, id, id, 10_240, "ab", "SHA256", KEY, OffsetDateTime.parse("2024-02-01T09:31:12Z"), null, null);

    @Test
    @DisplayName("D04 an upload that comes before its event is tried again, not refused")
    void beforeItsEvent() {
        assertThatThrownBy(() -> recorded.compare(export, List.of()))
                .isInstanceOf(RecordedExports.EventNotImportedException.class)
                .isNotInstanceOf(InvalidInputException.class)
                .hasMessageContaining(EventJson.ID);
    }

    @Test
    @DisplayName("D03 the first upload of an event is new")
    void first() {
        assertThat(recorded.compare(export, List.of(row(null, null)))).isEqualTo(RecordedExports.Outcome.NEW);
    }

    @Test
    @DisplayName(
            "CI1 what an operator has uploaded again replaces the recorded upload that it was meant for, and no other")
    void uploadedAgain() {
        ExportRow again = new ExportRow(
                id, id, id, id, id, 20_480, "ab", "SHA256", KEY, OffsetDateTime.parse("2024-02-02T09:31:12Z"), "cd", 3);
        assertThat(recorded.compare(again, List.of(row(KEY, "cd")))).isEqualTo(RecordedExports.Outcome.REPLACES);
        assertThat(recorded.compare(again, List.of(row(KEY, "ab")))).isEqualTo(RecordedExports.Outcome.KNOWN);
        assertThat(recorded.compare(again, List.of(row(KEY, "ef")))).isEqualTo(RecordedExports.Outcome.CONFLICT);
        assertThat(recorded.compare(again, List.of(row(KEY, null)))).isEqualTo(RecordedExports.Outcome.CONFLICT);
    }

    @Test
    @DisplayName("D05 the same upload again is known; another key or checksum is a conflict")
    void again() {
        assertThat(recorded.compare(export, List.of(row(KEY, "ab")))).isEqualTo(RecordedExports.Outcome.KNOWN);
        assertThat(recorded.compare(export, List.of(row(KEY, "cd")))).isEqualTo(RecordedExports.Outcome.CONFLICT);
        assertThat(recorded.compare(export, List.of(row(KEY, null)))).isEqualTo(RecordedExports.Outcome.CONFLICT);
        assertThat(recorded.compare(export, List.of(row("raw-data/other.tar", "ab"))))
                .isEqualTo(RecordedExports.Outcome.CONFLICT);
    }

    @Test
    @DisplayName("U09 a key that belongs to another event is refused")
    void keyOfAnotherEvent() {
        assertThat(recorded.requireInserted(export, 1, 1)).isSameAs(export);
        assertThatThrownBy(() -> recorded.requireInserted(export, 0, 2))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("another event");
    }

    private static Map<String, Object> row(String key, String hex) {
        Map<String, Object> row = new HashMap<>();
        row.put("key", key);
        row.put("hex", hex);
        return row;
    }
}
