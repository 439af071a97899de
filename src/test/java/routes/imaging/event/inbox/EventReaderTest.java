package routes.imaging.event.inbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import routes.imaging.EventJson;
import routes.imaging.event.EventType;
import routes.imaging.event.ImagingEvent;
import routes.imaging.event.PendingEvent;
import routes.imaging.event.StreamMessages;
import routes.imaging.event.SystemShare;
import routes.platform.FieldProblem;
import routes.platform.InvalidInputException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class EventReaderTest {

    private final EventReader reader = new EventReader(EventJson.MAPPER, EventJson.MAX_BYTES);

    @Test
    @DisplayName("I01 every documented field is read")
    void documentedFields() {
        ImagingEvent event = EventJson.valid().event();

        assertThat(event.refId()).isEqualTo(UUID.fromString(EventJson.ID));
        assertThat(event.plate()).isEqualTo(7);
        assertThat(event.crossDate()).isEqualTo(LocalDate.of(2024, 1, 15));
        assertThat(event.position()).isEqualTo(3);
        assertThat(event.timestamp()).isEqualTo("2024-02-01T09:30:00Z");
        assertThat(event.timestampText()).isEqualTo("2024-02-01T09:30:00Z");
        assertThat(event.imageCount()).isEqualTo(2);
        assertThat(event.imageDir()).isEqualTo("20240201_0930_Plate07");
        assertThat(event.type()).isEqualTo(EventType.STITCH);
        assertThat(event.raw().get("img_count").intValue()).isEqualTo(2);
    }

    @Test
    @DisplayName("I02 the aliases image_count and path are read where the documented names are absent or null")
    void aliases() {
        ImagingEvent event = EventJson.valid()
                .without("img_count")
                .with("image_count", 5)
                .withRaw("img_dir", "null")
                .with("path", "other")
                .event();

        assertThat(event.imageCount()).isEqualTo(5);
        assertThat(event.imageDir()).isEqualTo("other");
    }

    @Test
    @DisplayName("I02 of both spellings the documented one wins, even when only the alias is right")
    void documentedNameWins() {
        ImagingEvent event =
                EventJson.valid().with("image_count", 5).with("path", "other").event();

        assertThat(event.imageCount()).isEqualTo(2);
        assertThat(event.imageDir()).isEqualTo("20240201_0930_Plate07");
        assertThat(problemsOf(EventJson.valid().with("img_count", "many").with("image_count", 5)))
                .extracting(FieldProblem::location)
                .containsExactly(List.of("img_count"));
    }

    @ParameterizedTest
    @CsvSource({"7, 20240115_007", "0, 20240115_000", "42, 20240115_042", "999, 20240115_999"})
    @DisplayName("I03 the experiment id is the cross date and the plate in three digits")
    void computedExperimentId(int plate, String id) {
        assertThat(EventJson.valid().with("plate", plate).event().experimentId())
                .isEqualTo(id);
        assertThat(EventJson.valid()
                        .with("plate", plate)
                        .with("experiment_id", "")
                        .event()
                        .experimentId())
                .isEqualTo(id);
    }

    @Test
    @DisplayName("I03 a given experiment id is kept")
    void givenExperimentId() {
        assertThat(EventJson.valid().with("experiment_id", "Exp-1_b.2").event().experimentId())
                .isEqualTo("Exp-1_b.2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "..", ".", "ä", "a b", "a\u0000"})
    @DisplayName("I03 an experiment id that would not do as part of a key is refused")
    void wrongExperimentId(String id) {
        assertThat(problemsOf(EventJson.valid().with("experiment_id", id)))
                .extracting(FieldProblem::location)
                .containsExactly(List.of("experiment_id"));
    }

    @Test
    @DisplayName("I03 an experiment id has at most 128 characters")
    void longExperimentId() {
        String longest = "x".repeat(128);

        assertThat(EventJson.valid().with("experiment_id", longest).event().experimentId())
                .isEqualTo(longest);
        assertThat(problemsOf(EventJson.valid().with("experiment_id", longest + "x")))
                .hasSize(1);
    }

    @Test
    @DisplayName("I04 a timestamp without offset is refused by name")
    void timestampWithoutOffset() {
        assertThat(problemsOf(EventJson.valid().with("timestamp", "2024-02-01T09:30:00")))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.location()).containsExactly("timestamp");
                    assertThat(problem.message()).contains("offset");
                    assertThat(problem.input()).isEqualTo("2024-02-01T09:30:00");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"1706779800", "\"1706779800\"", "1706779800000", "\"1706779800000\"", "1706779800.0"})
    @DisplayName("I04 unix times in seconds and milliseconds, as number or text, are read as UTC")
    void unixTimestamp(String json) {
        ImagingEvent event = EventJson.valid().withRaw("timestamp", json).event();

        assertThat(event.timestamp()).isEqualTo("2024-02-01T09:30:00Z");
        assertThat(event.timestampText()).isEqualTo("2024-02-01T09:30:00Z");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "5F0C1E7A-91D2-4A53-8F0E-2F6F0B1F7A11",
                "5f0c1e7a91d24a538f0e2f6f0b1f7a11",
                "urn:uuid:5f0c1e7a-91d2-4a53-8f0e-2f6f0b1f7a11"
            })
    @DisplayName("I05 every spelling of the id is the same id")
    void spellingsOfTheId(String id) {
        assertThat(EventJson.valid().with("timestep_id", id).event().refId()).hasToString(EventJson.ID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"timestep_id", "plate", "cross_date", "position", "timestamp", "img_count", "img_dir"})
    @DisplayName("I06 each required field is named when it is missing or null")
    void missingField(String field) {
        assertThat(problemsOf(EventJson.valid().without(field))).singleElement().satisfies(problem -> {
            assertThat(problem.location()).containsExactly(field);
            assertThat(problem.code()).isEqualTo("missing");
        });
        assertThat(problemsOf(EventJson.valid().withRaw(field, "null")))
                .extracting(FieldProblem::code)
                .containsExactly("missing");
    }

    @Test
    @DisplayName("I06 all missing fields are named at once, unknown ones are ignored")
    void allMissing() {
        assertThat(problemsOf("{\"unknown\": {\"x\": [1]}}"))
                .flatExtracting(FieldProblem::location)
                .containsExactly("timestep_id", "plate", "cross_date", "position", "timestamp", "img_count", "img_dir");
        assertThat(EventJson.valid().with("unknown", Map.of("x", 1)).event().plate())
                .isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "plate|-1",
                "plate|1000",
                "plate|7.5",
                "plate|\"x\"",
                "plate|true",
                "plate|1e999999999",
                "plate|\"1e999999999\"",
                "position|2147483648",
                "position|-1e400",
                "img_count|-1",
                "img_count|2147483648",
                "img_count|[2]",
                "timestamp|1e400",
                "timestamp|1e999999999",
                "timestamp|true",
                "timestamp|\"+10000-01-01T00:00:00Z\"",
                "cross_date|\"2023-02-29\"",
                "cross_date|\"2024-1-5\"",
                "cross_date|\"20240115\"",
                "cross_date|\"2024-01-15T00:00:00\"",
                "cross_date|\"+10000-01-01\"",
                "cross_date|\"-0001-01-01\"",
                "cross_date|20240115",
                "timestep_id|\"x\"",
                "timestep_id|7",
                "img_dir|\"\"",
                "img_dir|\"  \"",
                "img_dir|7",
                "event_type|\"overview\"",
                "event_type|1"
            })
    @DisplayName("I06 a wrong value is refused and its field named")
    void wrongValue(String field, String json) {
        assertThat(problemsOf(EventJson.valid().withRaw(field, json)))
                .extracting(FieldProblem::location)
                .containsExactly(List.of(field));
    }

    @ParameterizedTest
    @CsvSource({"\"7\", 7", "7.0, 7", "7e0, 7"})
    @DisplayName("I06 numbers are read in any spelling")
    void spellingsOfNumbers(String json, int plate) {
        assertThat(EventJson.valid().withRaw("plate", json).event().plate()).isEqualTo(plate);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2024-02-29", "2000-02-29", "0001-01-01", "9999-12-31"})
    void crossDatesOfTheCalendar(String date) {
        assertThat(EventJson.valid().with("cross_date", date).event().crossDate())
                .isEqualTo(LocalDate.parse(date));
    }

    @Test
    void aLongWrongValueIsNotRepeatedAsAWhole() {
        assertThat(problemsOf(EventJson.valid().with("timestep_id", "x".repeat(100_000))))
                .singleElement()
                .satisfies(problem -> assertThat(problem.input()).hasSizeLessThan(300));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  \n", "{", "{\"plate\": 7", "{\"plate\" 7}", "not json", "{} x", "{}{}", "\u0000"})
    @DisplayName("I08 what is not one JSON document may still become it")
    void notJson(String text) {
        assertThatThrownBy(() -> reader.read(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(UnreadableJsonException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "{ | Unexpected end-of-input: expected close marker for Object (start marker at line 1, column 1)"
                        + " (line 1, column 2)",
                "{}{} | more text follows its end (line 1, column 3)",
                "{;;;;\"plate\" 7} | Unexpected character ('7' (code 55)): was expecting a colon to separate field name"
                        + " and value (line 5, column 9)"
            })
    @DisplayName("I08 the reason says what is wrong, in which line and column, and nothing about the parser")
    void reasonOfBadJson(String lines, String reason) {
        assertThatThrownBy(() -> reader.read(lines.replace(';', '\n').getBytes(StandardCharsets.UTF_8)))
                .hasMessage("file: not valid JSON: " + reason);
    }

    @Test
    @DisplayName("CI9 NaN and Infinity become null, and the other members stay")
    void dialectOfPython() {
        ImagingEvent event = EventJson.valid()
                .withRaw("focus_score", "NaN")
                .withRaw("range", "[1, {\"low\": -Infinity, \"high\": Infinity}]")
                .withRaw("note", "\"a\tb\"")
                .event();

        assertThat(event.raw().get("focus_score").isNull()).isTrue();
        assertThat(event.raw().get("range")).hasToString("[1,{\"low\":null,\"high\":null}]");
        assertThat(event.raw().get("note").textValue()).isEqualTo("a\tb");
        assertThat(problemsOf(EventJson.valid().withRaw("plate", "NaN").text()))
                .extracting(FieldProblem::message)
                .containsExactly("must be a whole number");
    }

    @Test
    @DisplayName("CI9 a list of 6,000 tiles is not too large")
    void tiles() throws IOException {
        String tiles = "["
                + "{\"x\":1234.567,\"y\":7654.321,\"file\":\"plate7_tile_000000_00.tif\",\"focus\":0.123},"
                        .repeat(6_000)
                + "]";
        Path file = Files.createTempFile("tiles", ".json");
        Files.writeString(file, EventJson.valid().withRaw("tiles", tiles).text());

        assertThat(Files.size(file)).isGreaterThan(450 << 10);
        assertThat(reader.read(file).raw().get("tiles")).hasSize(6_000);
        Files.delete(file);
    }

    @Test
    @DisplayName("CI9 whatever is wrong with the text, no reason names a class or a switch of the parser")
    void reasonsForPeople() {
        String valid = EventJson.valid()
                .withRaw("more", "{\"a\": [1.5e3, true, null, \"\\u00e9\"]}")
                .text();
        Random random = new Random(9);
        String tokens = "{}[]:,\"'/*\\#0.+-eNaIftn\u0000\n\u00e9";
        for (int i = 0; i < 5_000; i++) {
            StringBuilder broken = new StringBuilder(valid);
            int place = random.nextInt(broken.length());
            broken.replace(
                    place,
                    Math.min(broken.length(), place + random.nextInt(3)),
                    "" + tokens.charAt(random.nextInt(tokens.length()))
                            + tokens.charAt(random.nextInt(tokens.length())));
            try {
                reader.read(broken.toString().getBytes(StandardCharsets.UTF_8));
            } catch (InvalidInputException e) {
                assertThat(e.getMessage())
                        .doesNotContain("`", "Feature", "ALLOW_", "java.", "jackson", "Exception", "Source:");
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "runs\\2024\\plate7a | runs/2024/plate7a",
                "run\\ | run",
                "'run\r\n' | run",
                "runs/mixed\\a | runs/mixed/a",
                "plate:7 | plate:7"
            })
    @DisplayName("CI8 separators of Windows and a line break at the end are taken for what they are")
    void foldersOfWindows(String given, String taken) {
        assertThat(EventJson.valid().with("img_dir", given).event().imageDir()).isEqualTo(taken);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"D:\\Prince\\run", "d:/Prince/run", "C:", "\\\\PC\\data\\run", "\\data\\run", "D:\\run\r\n"})
    @DisplayName("CI8 an absolute path of Windows is refused at once, in these words")
    void absoluteOfWindows(String given) {
        assertThat(problemsOf(EventJson.valid().with("img_dir", given).text()))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.location()).containsExactly("img_dir");
                    assertThat(problem.message()).contains("absolute path of Windows", "backslash", "relative");
                });
    }

    @Test
    @DisplayName("I08 JSON nested too deeply is refused in the same words")
    void nestedTooDeeply() {
        assertThatThrownBy(() -> reader.read("[".repeat(300).getBytes(StandardCharsets.UTF_8)))
                .hasMessageContaining("nesting depth (201) exceeds the maximum allowed (200)")
                .hasMessageNotContainingAny("StreamReadConstraints", "REDACTED");
    }

    @Test
    @DisplayName("I08 the end of a longer text that a shorter one was written over is not ignored")
    void overwrittenInPlace() {
        assertThatThrownBy(() -> reader.read((EventJson.valid().text() + "late07\"}").getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(UnreadableJsonException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "\"text\"", "7", "null", "true"})
    @DisplayName("I06 JSON that is no object is refused for good")
    void noObject(String text) {
        assertThat(problemsOf(text)).singleElement().satisfies(problem -> {
            assertThat(problem.location()).containsExactly("file");
            assertThat(problem.code()).isEqualTo("dict_type");
        });
    }

    @Test
    void byteOrderMarkAndUtf16AreNoObstacle() {
        String text = EventJson.valid().with("img_dir", "Größe").text();

        assertThat(reader.read(("\uFEFF" + text).getBytes(StandardCharsets.UTF_8))
                        .imageDir())
                .isEqualTo("Größe");
        assertThat(reader.read(text.getBytes(StandardCharsets.UTF_16BE)).imageDir())
                .isEqualTo("Größe");
    }

    @Test
    void invalidUtf8IsUnreadable() {
        byte[] bytes = EventJson.valid().with("img_dir", "XX").bytes();
        bytes[new String(bytes, StandardCharsets.ISO_8859_1).indexOf("XX")] = (byte) 0xC3;

        assertThatThrownBy(() -> reader.read(bytes)).isInstanceOf(UnreadableJsonException.class);
    }

    @Test
    void ofADuplicateKeyTheLastCounts() {
        String text = EventJson.valid().text().replace("\"plate\":7", "\"plate\":7,\"plate\":8");

        assertThat(reader.read(text.getBytes(StandardCharsets.UTF_8)).plate()).isEqualTo(8);
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 998, 5_000, 100_000})
    void deepNestingIsRefused(int depth) {
        String deep = "[".repeat(depth) + "]".repeat(depth);

        assertThatThrownBy(() -> EventJson.valid().withRaw("extra", deep).event())
                .isInstanceOf(UnreadableJsonException.class);
    }

    @Test
    void whatIsReadCanBeWrittenAgainAndReadBack() {
        String deep = "[".repeat(190) + "]".repeat(190);
        ImagingEvent event = EventJson.valid().withRaw("extra", deep).event();
        StreamMessages messages = new StreamMessages(EventJson.MAPPER);

        String entry = messages.writeEvent(new PendingEvent(
                event,
                new SystemShare("prince", Path.of("prince")),
                Path.of("1.json"),
                Path.of("x"),
                2,
                Optional.empty(),
                Optional.empty()));

        assertThat(messages.readEvent(entry).refId()).isEqualTo(event.refId());
    }

    @Property
    void anyBytesAreReadOrRefused(@ForAll @Size(max = 200) byte[] bytes) {
        assertThatThrownBy(() -> reader.read(bytes)).isInstanceOf(InvalidInputException.class);
    }

    @Property
    void anyByteOfAnEventMayBeWrong(@ForAll @IntRange(max = 200) int at, @ForAll byte wrong) {
        byte[] bytes = EventJson.valid().bytes();
        bytes[at % bytes.length] = wrong;
        try {
            assertThat(reader.read(bytes)).isNotNull();
        } catch (InvalidInputException e) {
            assertThat(e.problems()).isNotEmpty();
        }
    }

    private List<FieldProblem> problemsOf(EventJson event) {
        return problemsOf(event.text());
    }

    private List<FieldProblem> problemsOf(String text) {
        return catchThrowableOfType(
                        InvalidInputException.class, () -> reader.read(text.getBytes(StandardCharsets.UTF_8)))
                .problems();
    }
}
