package routes.imaging.record;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import routes.imaging.EventJson;
import routes.platform.MutableClock;
import routes.platform.NotFoundException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ApiAnswersTest {

    private static final String KEY = "raw-data/images/20240115_007/20240201/093000.tar";

    private final ApiAnswers answers = new ApiAnswers(
            key -> "https://s3.example/" + key, Duration.ofHours(1), new MutableClock("2024-02-01T10:00:00Z"));

    @Test
    @DisplayName("A03 an export has the original's keys and ours, times in UTC with Z")
    void exports() throws Exception {
        JsonNode answer = json(answers.exports(List.of(row()), 7L));

        assertThat(answer)
                .isEqualTo(
                        json(
                                """
                {"count": 7, "data": [{
                  "id": "00000000-0000-0000-0000-000000000001",
                  "ref_id": "5f0c1e7a-91d2-4a53-8f0e-2f6f0b1f7a11",
                  "experiment_id": "20240115_007",
                  "timestamp": "2024-02-01T09:30:00Z",
                  "type": "stitch",
                  "system": "prince",
                  "url": "https://s3.example/raw-data/images/20240115_007/20240201/093000.tar",
                  "expires_at": "2024-02-01T11:00:00Z",
                  "uploaded_at": "2024-02-01T09:31:12.345678Z",
                  "size": 10240,
                  "checksum": "ab",
                  "key": "raw-data/images/20240115_007/20240201/093000.tar"}]}
                """));
    }

    @Test
    @DisplayName("A04 an empty page still has the count of all")
    void emptyPage() throws Exception {
        assertThat(json(answers.exports(List.of(), 7))).isEqualTo(json("{\"count\": 7, \"data\": []}"));
    }

    @Test
    @DisplayName("A07 an archive has a relative URL and the number of its members")
    void archives() throws Exception {
        assertThat(json(answers.archives(List.of(archive()), 1)))
                .isEqualTo(
                        json(
                                """
                {"count": 1, "data": [{
                  "id": "61c7a1de-35a0-4d0b-8a52-1e7b90a2c001",
                  "path": "images/20240115_007/2024-02-01.tar",
                  "type": "stitch",
                  "experiment_id": "20240115_007",
                  "created_at": "2024-02-03T02:10:00Z",
                  "url": "/api/1/archives/61c7a1de-35a0-4d0b-8a52-1e7b90a2c001",
                  "member_count": 1}]}
                """));
    }

    @Test
    @DisplayName("A08 an archive lists its members, also one of whose object nothing is known")
    void archiveWithMembers() throws Exception {
        Map<String, Object> unknown = new HashMap<>(Map.of("member_key", "094000.tar"));
        Map<String, Object> known = row();
        known.put("member_key", "093000.tar");

        assertThat(json(answers.archive(List.of(archive()), List.of(known, unknown))
                        .get("members")))
                .isEqualTo(
                        json(
                                """
                [{"member_key": "093000.tar", "ref_id": "5f0c1e7a-91d2-4a53-8f0e-2f6f0b1f7a11",
                  "timestamp": "2024-02-01T09:30:00Z", "checksum": "ab", "size": 10240},
                 {"member_key": "094000.tar", "ref_id": null, "timestamp": null, "checksum": null, "size": null}]
                """));
    }

    @Test
    @DisplayName("A08 what does not exist is not found")
    void notFound() {
        assertThatThrownBy(() -> answers.archive(List.of(), List.of()))
                .isInstanceOf(NotFoundException.class)
                .hasMessage("item not found");
        assertThatThrownBy(() -> answers.event(List.of(), List.of())).isInstanceOf(NotFoundException.class);
    }

    @Test
    @DisplayName("A09 a day is counted since 1970 in UTC")
    void dailyStats() throws Exception {
        assertThat(json(answers.dailyStats(List.of(
                        Map.of("epoch_day", 19_754L, "event_count", 3L, "export_count", 2L, "archive_count", 1L),
                        Map.of("epoch_day", -1, "event_count", 1L, "export_count", 0L, "archive_count", 0L)))))
                .isEqualTo(
                        json(
                                """
                        [{"date": "2024-02-01", "event_count": 3, "export_count": 2, "archive_count": 1},
                         {"date": "1969-12-31", "event_count": 1, "export_count": 0, "archive_count": 0}]
                        """));
    }

    @ParameterizedTest
    @CsvSource({"false, false, imported", "true, false, exported", "true, true, archived"})
    @DisplayName("A10 an event is imported, exported, archived in turn")
    void states(boolean exported, boolean archived, String state) {
        Map<String, Object> row = row();
        if (!exported) {
            List.of("id", "key", "uploaded_at", "size", "hex").forEach(row::remove);
        }
        if (archived) {
            row.put("archived_at", OffsetDateTime.parse("2024-02-03T02:10:00Z"));
        }

        Map<String, Object> answer = answers.event(List.of(row), List.of());

        assertThat(answer).containsEntry("state", state);
        assertThat(answer.get("export") != null).isEqualTo(exported);
        assertThat(answer.get("archived_at") != null).isEqualTo(archived);
    }

    @Test
    @DisplayName("A10 an event shows its source with its metadata as JSON, and its tars on tape")
    void event() throws Exception {
        JsonNode answer = json(answers.event(List.of(row()), List.of(archive())));

        assertThat(answer.at("/source/raw_metadata/event/plate").intValue()).isEqualTo(7);
        assertThat(answer.at("/source/staging_path").isNull()).isTrue();
        assertThat(answer.at("/archives/0/url").textValue())
                .isEqualTo("/api/1/archives/61c7a1de-35a0-4d0b-8a52-1e7b90a2c001");
        assertThat(answer.at("/url").textValue()).isEqualTo("/api/1/events/" + EventJson.ID);
        assertThat(answer.at("/export/key").textValue()).isEqualTo(KEY);
    }

    private static Map<String, Object> row() {
        Map<String, Object> row = new HashMap<>();
        row.put("id", new UUID(0, 1));
        row.put("ref_id", UUID.fromString(EventJson.ID));
        row.put("experiment_id", "20240115_007");
        row.put("timestamp", OffsetDateTime.parse("2024-02-01T10:30:00+01:00"));
        row.put("type", "STITCH");
        row.put("system", "prince");
        row.put("created_at", OffsetDateTime.parse("2024-02-01T09:30:05Z"));
        row.put("uploaded_at", Timestamp.from(Instant.parse("2024-02-01T09:31:12.345678Z")));
        row.put("size", 10_240L);
        row.put("hex", "ab");
        row.put("key", KEY);
        row.put("raw_metadata", "{\"event\": {\"plate\": 7}}");
        return row;
    }

    private static Map<String, Object> archive() {
        Map<String, Object> row = new HashMap<>();
        row.put("id", UUID.fromString("61c7a1de-35a0-4d0b-8a52-1e7b90a2c001"));
        row.put("path", "images/20240115_007/2024-02-01.tar");
        row.put("type", "STITCH");
        row.put("experiment_id", "20240115_007");
        row.put("created_at", OffsetDateTime.parse("2024-02-03T02:10:00Z"));
        row.put("member_count", 1L);
        return row;
    }

    private static JsonNode json(Object value) throws Exception {
        String text = value instanceof String given ? given : EventJson.MAPPER.writeValueAsString(value);
        return EventJson.MAPPER.readTree(text);
    }
}
