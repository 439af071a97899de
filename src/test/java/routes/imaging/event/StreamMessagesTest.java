package routes.imaging.event;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import routes.imaging.EventJson;
import routes.imaging.record.ExportRow;
import routes.imaging.record.ImagingEventRow;
import routes.platform.FieldProblem;
import routes.platform.InvalidInputException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class StreamMessagesTest {

    /** As the original's documentation has it. */
    private static final String ORIGINAL_EVENT =
            """
            {"ref_id":"5f0c1e7a-91d2-4a53-8f0e-2f6f0b1f7a11","experiment_id":"20240115_007",
             "timestamp":"2024-02-01T09:30:00Z","type":"stitch","system":"prince",
             "src_dir_info":{"staging_path":null,"local_path":"20240201_0930_Plate07","img_count":2,"raw_metadata":{}}}
            """;

    private static final String HEX = "0123456789abcdef".repeat(4);
    private static final String ORIGINAL_EXPORT =
            """
            {"ref_id":"5f0c1e7a-91d2-4a53-8f0e-2f6f0b1f7a11","checksum":{"hex":"%s","algorithm":"sha256"},"size":10240,
             "key":"raw-data/images/20240115_007/20240201/093000.tar","timestamp":"2024-02-01T09:31:12.345678Z"}
            """
                    .formatted(HEX);

    private final StreamMessages messages = new StreamMessages(EventJson.MAPPER);

    @Test
    @DisplayName("I19 an event is written with the documented keys and types")
    void documentedKeys() throws Exception {
        JsonNode entry = EventJson.MAPPER.readTree(
                messages.writeEvent(pending(EventJson.valid().with("extra", 1), Optional.empty())));

        assertThat(fieldNames(entry))
                .containsExactlyInAnyOrder(
                        "ref_id",
                        "experiment_id",
                        "timestamp",
                        "type",
                        "system",
                        "src_dir_info",
                        "position",
                        "plate",
                        "cross_date");
        assertThat(fieldNames(entry.get("src_dir_info")))
                .containsExactlyInAnyOrder(
                        "staging_path", "local_path", "img_count", "img_count_actual", "raw_metadata");
        assertThat(entry.get("ref_id").textValue()).isEqualTo(EventJson.ID);
        assertThat(entry.get("experiment_id").textValue()).isEqualTo("20240115_007");
        assertThat(entry.get("type").textValue()).isEqualTo("stitch");
        assertThat(entry.get("system").textValue()).isEqualTo("prince");
        assertThat(entry.get("position").isInt()).isTrue();
        assertThat(entry.get("plate").intValue()).isEqualTo(7);
        assertThat(entry.get("cross_date").textValue()).isEqualTo("2024-01-15");
        assertThat(entry.at("/src_dir_info/local_path").textValue()).isEqualTo("20240201_0930_Plate07");
        assertThat(entry.at("/src_dir_info/img_count").intValue()).isEqualTo(2);
        assertThat(entry.at("/src_dir_info/img_count_actual").intValue()).isEqualTo(1);
        assertThat(entry.at("/src_dir_info/raw_metadata/event/extra").intValue())
                .isEqualTo(1);
    }

    @Test
    @DisplayName("S01 without a staging copy staging_path is there and null")
    void stagingPath() throws Exception {
        PendingEvent pending = pending(EventJson.valid(), Optional.empty());

        JsonNode without = EventJson.MAPPER.readTree(messages.writeEvent(pending));
        JsonNode with = EventJson.MAPPER.readTree(messages.writeEvent(pending.stagedAs("1706779800-5f0c1e")));

        assertThat(without.at("/src_dir_info/staging_path").isNull()).isTrue();
        assertThat(with.at("/src_dir_info/staging_path").textValue()).isEqualTo("1706779800-5f0c1e");
    }

    @Test
    @DisplayName("I18 metadata is an object of raw_metadata, or null")
    void metadata() throws Exception {
        JsonNode camera = EventJson.MAPPER.readTree("{\"gain\": 1}");

        JsonNode with = EventJson.MAPPER.readTree(messages.writeEvent(pending(EventJson.valid(), Optional.of(camera))));
        JsonNode without = EventJson.MAPPER.readTree(messages.writeEvent(pending(EventJson.valid(), Optional.empty())));

        assertThat(with.at("/src_dir_info/raw_metadata/metadata")).isEqualTo(camera);
        assertThat(without.at("/src_dir_info/raw_metadata/metadata").isNull()).isTrue();
    }

    @Test
    @DisplayName("I14 a video is written as type video")
    void video() throws Exception {
        assertThat(EventJson.MAPPER
                        .readTree(messages.writeEvent(
                                pending(EventJson.valid().with("event_type", "video"), Optional.empty())))
                        .get("type")
                        .textValue())
                .isEqualTo("video");
    }

    @ParameterizedTest
    @CsvSource({
        "2024-02-01T10:30:00+01:00, 2024-02-01T10:30:00+01:00",
        "2024-02-01T09:30:00Z, 2024-02-01T09:30:00Z",
        "1706779800, 2024-02-01T09:30:00Z"
    })
    @DisplayName("I19 the timestamp is written as given, a unix time as ISO 8601 in UTC")
    void timestamp(String given, String written) throws Exception {
        assertThat(EventJson.MAPPER
                        .readTree(messages.writeEvent(
                                pending(EventJson.valid().with("timestamp", given), Optional.empty())))
                        .get("timestamp")
                        .textValue())
                .isEqualTo(written);
    }

    @Test
    @DisplayName("I19 what is written is read back, with any name of a folder")
    void roundTrip() {
        String name = "ä \"b\" c \uD83D\uDE00\u2028";

        NewImagingEvent read = messages.readEvent(
                messages.writeEvent(pending(EventJson.valid().with("img_dir", name), Optional.empty())));

        assertThat(read.source().localPath()).isEqualTo(name);
        assertThat(read.refId()).hasToString(EventJson.ID);
        assertThat(read.crossDate()).isEqualTo(LocalDate.of(2024, 1, 15));
        assertThat(read.source().imageCountActual()).isEqualTo(1);
        assertThat(read.source().staging()).isEmpty();
    }

    @Test
    @DisplayName("D02 an entry of the original, without our extra keys and with unknown ones, is read")
    void originalEvent() {
        NewImagingEvent event =
                messages.readEvent(ORIGINAL_EVENT.replace("{\"ref_id\"", "{\"unknown\":[1],\"ref_id\""));

        assertThat(event.position()).isNull();
        assertThat(event.plate()).isNull();
        assertThat(event.crossDate()).isNull();
        assertThat(event.source().imageCountActual()).isNull();
        assertThat(event.source().imageCount()).isEqualTo(2);
    }

    @Test
    @DisplayName("D02 the flat form, one field an attribute, is read")
    void flatEvent() {
        NewImagingEvent event = messages.readEvent(Map.of(
                "ref_id", EventJson.ID,
                "experiment_id", "20240115_007",
                "timestamp", "2024-02-01T09:30:00Z",
                "type", "video",
                "system", "prince",
                "plate", "7",
                "cross_date", "2024-01-15",
                "src_dir_info", "{\"local_path\":\"x\",\"img_count\":2,\"staging_path\":null}"));

        assertThat(event.type()).isEqualTo(EventType.VIDEO);
        assertThat(event.plate()).isEqualTo(7);
        assertThat(event.source().localPath()).isEqualTo("x");
    }

    /** As the original's public producers write it. */
    private static Map<String, String> flatFields() {
        return new HashMap<>(Map.of(
                "ref_id", "215c317f-f73b-4f3d-81a6-cf94b1a7350d",
                "experiment_id", "20240115_007",
                "timestamp", "2024-02-01T10:31:00+01:00",
                "type", "stitch",
                "system", "prince",
                "local_path", "Images/20240201_0930_Plate07/Img",
                "img_count", "2",
                "metadata",
                        "{\"application\":{\"application\":\"mock-scope\",\"version\":\"v0.1.0\",\"user\":\"u\"},"
                                + "\"camera\":{\"model\":\"m\",\"gain\":0.0}}"));
    }

    @Test
    @DisplayName("CI6 the flat entry of the original's producers is read, with its folder, count and metadata")
    void flatEntryOfTheProducers() {
        NewImagingEvent event = messages.readEvent(flatFields());

        assertThat(event.refId()).hasToString("215c317f-f73b-4f3d-81a6-cf94b1a7350d");
        assertThat(event.timestamp()).isEqualTo("2024-02-01T10:31:00+01:00");
        assertThat(event.type()).isEqualTo(EventType.STITCH);
        assertThat(event.system()).isEqualTo("prince");
        assertThat(event.source().localPath()).isEqualTo("Images/20240201_0930_Plate07/Img");
        assertThat(event.source().imageCount()).isEqualTo(2);
        assertThat(event.source().staging()).isEmpty();
        assertThat(event.source().rawMetadata().at("/metadata/camera/model").textValue())
                .isEqualTo("m");
    }

    @Test
    @DisplayName("CI6 type and system may be left out, in the flat form and in data alike")
    void typeAndSystemLeftOut() throws Exception {
        Map<String, String> flat = flatFields();
        flat.keySet().removeAll(List.of("type", "system"));
        ObjectNode nested = (ObjectNode) EventJson.MAPPER.readTree(ORIGINAL_EVENT);
        nested.remove(List.of("type", "system"));
        ObjectNode nulls = nested.deepCopy().putNull("type").putNull("system");
        List<Object> entries = List.of(flat, EventJson.MAPPER.writeValueAsString(flat), nested, nulls);

        assertThat(entries)
                .map(entry -> entry instanceof Map<?, ?> ? entry : entry.toString())
                .map(messages::readEvent)
                .allSatisfy(event -> {
                    assertThat(event.type()).isEqualTo(EventType.STITCH);
                    assertThat(event.system()).isEqualTo("prince");
                });
    }

    @Test
    @DisplayName("CI6 numbers as text, ids without hyphens, absent values as None, metadata as text: all of it is read")
    void spellingsOfProducers() throws Exception {
        Map<String, String> fields = flatFields();
        fields.putAll(Map.of(
                "ref_id", "215C317FF73B4F3D81A6CF94B1A7350D",
                "timestamp", "1706779860.5",
                "img_count", " 2.0 ",
                "position", "None",
                "plate", "7.0",
                "cross_date", "2024-01-15T00:00:00",
                "staging_path", "None",
                "metadata", "{\"gain\": NaN, \"model\": \"m\"}"));
        ObjectNode inData = EventJson.MAPPER.createObjectNode();
        fields.forEach(inData::put);
        inData.put("img_count", 2.0).put("timestamp", 1706779860.5);
        inData.set("metadata", EventJson.MAPPER.readTree("{\"gain\": null, \"model\": \"m\"}"));

        for (Object body : List.of(fields, inData.toString(), EventJson.MAPPER.writeValueAsString(inData.toString()))) {
            NewImagingEvent event = messages.readEvent(body);
            assertThat(event.refId()).hasToString("215c317f-f73b-4f3d-81a6-cf94b1a7350d");
            assertThat(event.timestamp()).isEqualTo("2024-02-01T09:31:00.5Z");
            assertThat(event.source().imageCount()).isEqualTo(2);
            assertThat(event.position()).isNull();
            assertThat(event.plate()).isEqualTo(7);
            assertThat(event.crossDate()).isEqualTo(LocalDate.of(2024, 1, 15));
            assertThat(event.source().staging()).isEmpty();
            assertThat(event.source().rawMetadata()).hasToString("{\"metadata\":{\"gain\":null,\"model\":\"m\"}}");
            assertThat(ImagingEventRow.of(event, "1-0").rawMetadata()).doesNotContain("NaN");
        }
        fields.put("metadata", "focus is off");
        assertThat(messages.readEvent(fields).source().rawMetadata()).hasToString("{\"metadata\":\"focus is off\"}");
    }

    @Test
    @DisplayName("CI8 a folder with the separators of Windows is read, an absolute one refused")
    void folderOfWindows() {
        Map<String, String> fields = flatFields();
        fields.put("local_path", "Images\\a\\Img\\");
        assertThat(messages.readEvent(fields).source().localPath()).isEqualTo("Images/a/Img");
        fields.put("local_path", "D:\\Images");
        assertThatThrownBy(() -> messages.readEvent(fields)).hasMessageContaining("local_path: is an absolute path");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "ref_id|x",
                "img_count|many",
                "img_count|2.5",
                "plate|x",
                "cross_date|yesterday",
                "timestamp|2024-02-01T09:30:00",
                "type|overview",
                "src_dir_info|{",
                "src_dir_info|7",
                "src_dir_info|{/**/}"
            })
    @DisplayName("CI9 no reason to refuse an entry names a class or a switch of the parser")
    void reasonsForPeople(String field, String value) {
        Map<String, String> fields = flatFields();
        fields.put(field, value);

        assertThatThrownBy(() -> messages.readEvent(fields))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(field)
                .hasMessageNotContainingAny("NewImagingEvent", "java.", "`", "Feature", "ALLOW_", "jackson", "UUID`");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ref_id", "experiment_id", "timestamp"})
    @DisplayName("R03 an event without a required field is refused and the field named")
    void missingEventField(String field) throws Exception {
        ObjectNode entry = (ObjectNode) EventJson.MAPPER.readTree(ORIGINAL_EVENT);
        entry.remove(field);

        assertThat(problemsOfEvent(entry.toString()))
                .extracting(FieldProblem::location)
                .contains(List.of(field));
    }

    @ParameterizedTest
    @ValueSource(strings = {"local_path", "img_count"})
    @DisplayName("R03 an event without its folder or count is refused, not read as empty or zero")
    void missingSourceField(String field) throws Exception {
        ObjectNode entry = (ObjectNode) EventJson.MAPPER.readTree(ORIGINAL_EVENT);
        ((ObjectNode) entry.get("src_dir_info")).remove(field);

        assertThat(problemsOfEvent(entry.toString())).singleElement().satisfies(problem -> assertThat(
                        problem.location() + problem.message())
                .contains(field));
    }

    @ParameterizedTest
    @CsvSource({
        "ref_id, x",
        "timestamp, 2024-02-01T09:30:00",
        "type, overview",
        "experiment_id, ../../x",
        "experiment_id, ..",
        "system, ''"
    })
    @DisplayName("R03 an event with a wrong value is refused")
    void wrongEventValue(String field, String value) throws Exception {
        ObjectNode entry = (ObjectNode) EventJson.MAPPER.readTree(ORIGINAL_EVENT);
        entry.put(field, value);

        assertThat(problemsOfEvent(entry.toString())).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "7", "\"x\"", "{", "{}", "not json"})
    @DisplayName("R03 what is no object with our keys is refused")
    void noEntry(String body) {
        assertThat(problemsOfEvent(body)).isNotEmpty();
        assertThatThrownBy(() -> messages.readExport(body)).isInstanceOf(InvalidInputException.class);
    }

    @Test
    @DisplayName("R03 a deeply nested or overlong entry is refused")
    void hostileEntry() {
        String deep = "[".repeat(100_000);
        assertThat(problemsOfEvent(ORIGINAL_EVENT.replace("\"raw_metadata\":{}", "\"raw_metadata\":" + deep)))
                .hasSize(1);
        assertThat(problemsOfEvent(ORIGINAL_EVENT.replace("20240201_0930_Plate07", "x".repeat(5_000))))
                .hasSize(1);
        assertThatThrownBy(() -> messages.readEvent(Map.of("src_dir_info", deep)))
                .isInstanceOf(InvalidInputException.class);
    }

    @Test
    @DisplayName("D03 an upload notification is read, from the original too")
    void export() {
        NewExport export = messages.readExport(ORIGINAL_EXPORT);

        assertThat(export.size()).isEqualTo(10_240);
        assertThat(export.checksum()).isEqualTo(new NewExport.Checksum(HEX, "sha256"));
        assertThat(export.timestamp()).isEqualTo("2024-02-01T09:31:12.345678Z");
        assertThat(messages.readExport(messages.writeExport(export))).isEqualTo(export);
        assertThat(messages.readExport(ORIGINAL_EXPORT.replace("345678Z", "345678+00:00")))
                .as("as Python writes it")
                .isEqualTo(export);
        assertThat(messages.readExport(Map.of(
                        "ref_id",
                        EventJson.ID,
                        "checksum",
                        "{\"hex\":\"%s\",\"algorithm\":\"sha256\"}".formatted(HEX),
                        "size",
                        "10240",
                        "key",
                        export.key(),
                        "timestamp",
                        "2024-02-01T09:31:12.345678Z")))
                .as("flat")
                .isEqualTo(export);
    }

    @Test
    @DisplayName("D06 a size beyond 2 GiB is read")
    void largeExport() {
        assertThat(messages.readExport(ORIGINAL_EXPORT.replace("10240", "3221225472"))
                        .size())
                .isEqualTo(3L << 30);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ref_id", "checksum", "size", "key", "timestamp"})
    @DisplayName("R03 an upload notification without a required field is refused, also one without a size")
    void missingExportField(String field) throws Exception {
        ObjectNode entry = (ObjectNode) EventJson.MAPPER.readTree(ORIGINAL_EXPORT);
        entry.remove(field);

        assertThatThrownBy(() -> messages.readExport(entry.toString()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(field);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1e999999999", "99999999999999999999", "\"many\"", "null"})
    @DisplayName("R03 an upload notification with an impossible size is refused")
    void wrongSize(String size) {
        assertThatThrownBy(() -> messages.readExport(ORIGINAL_EXPORT.replace("10240", size)))
                .isInstanceOf(InvalidInputException.class);
    }

    @Test
    @DisplayName("D02 the rows of an event follow from its id, so that a second delivery makes the same")
    void eventRow() {
        NewImagingEvent event = messages.readEvent(ORIGINAL_EVENT);
        ImagingEventRow row = ImagingEventRow.of(event, "1706779800123-7");

        assertThat(ImagingEventRow.of(event, "1706779800123-7")).isEqualTo(row);
        assertThat(row.id()).isNotEqualTo(row.sourceId());
        assertThat(row.refId()).hasToString(EventJson.ID);
        assertThat(row.type()).isEqualTo("STITCH");
        assertThat(row.timestamp()).isEqualTo(OffsetDateTime.parse("2024-02-01T09:30:00Z"));
        assertThat(row.appendedAt().toInstant()).isEqualTo(Instant.ofEpochMilli(1706779800123L));
        assertThat(row.rawMetadata()).isEqualTo("{}");
        assertThat(row.stagingPath()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"raw_metadata\":null", "\"other\":1"})
    @DisplayName("D02 an event without metadata is kept with an empty object")
    void noMetadata(String metadata) {
        NewImagingEvent event = messages.readEvent(ORIGINAL_EVENT.replace("\"raw_metadata\":{}", metadata));

        assertThat(ImagingEventRow.of(event, "1-0").rawMetadata()).isEqualTo("{}");
    }

    @ParameterizedTest
    @CsvSource({
        "a\\u0000b, a\\ufffdb",
        "\\u0000\\u0000, \\ufffd\\ufffd",
        "a\\\\u0000b, a\\\\u0000b",
        "\\\\\\u0000, \\\\\\ufffd"
    })
    @DisplayName("D02 a NUL in the metadata, which PostgreSQL's jsonb refuses, is replaced")
    void nulInMetadata(String given, String kept) {
        NewImagingEvent event = messages.readEvent(
                ORIGINAL_EVENT.replace("\"raw_metadata\":{}", "\"raw_metadata\":{\"x\":\"" + given + "\"}"));

        assertThat(ImagingEventRow.of(event, "1-0").rawMetadata()).isEqualTo("{\"x\":\"" + kept + "\"}");
    }

    @Test
    @DisplayName("D03 the rows of an upload follow from the event's id")
    void exportRow() {
        ExportRow row = ExportRow.of(messages.readExport(ORIGINAL_EXPORT));

        assertThat(row.imagingEventId())
                .isEqualTo(ImagingEventRow.of(messages.readEvent(ORIGINAL_EVENT), "1-0")
                        .id());
        assertThat(List.of(row.archiveId(), row.checksumId(), row.entryId(), row.imagingEventId()))
                .doesNotHaveDuplicates();
        assertThat(row.algorithm()).isEqualTo("SHA256");
        assertThat(row.uploadedAt().toInstant()).isEqualTo("2024-02-01T09:31:12.345678Z");
        assertThat(row.refId()).isEqualTo(UUID.fromString(EventJson.ID));
    }

    private List<FieldProblem> problemsOfEvent(Object body) {
        return catchThrowableOfType(InvalidInputException.class, () -> messages.readEvent(body))
                .problems();
    }

    private static List<String> fieldNames(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).toList();
    }

    private static PendingEvent pending(EventJson event, Optional<JsonNode> metadata) {
        return new PendingEvent(
                event.event(),
                new SystemShare("prince", Path.of("prince")),
                Path.of("1.json"),
                Path.of("x"),
                1,
                metadata,
                Optional.empty());
    }
}
