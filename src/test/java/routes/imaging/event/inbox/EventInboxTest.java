package routes.imaging.event.inbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import routes.imaging.EventJson;
import routes.imaging.LogLines;
import routes.imaging.event.FileNames;
import routes.imaging.event.PendingEvent;
import routes.imaging.event.SystemShare;
import routes.platform.FieldProblem;
import routes.platform.InvalidInputException;
import routes.platform.MutableClock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * A read-only events folder is left to the tests with a real read-only mount: permission bits do not stop root, as
 * whom builds often run.
 */
class EventInboxTest {

    private static final Duration SETTLE = Duration.ofSeconds(2);

    @TempDir
    Path folder;

    private final MutableClock clock = new MutableClock("2024-02-01T10:00:00Z");
    private final List<Path> processed = new ArrayList<>();
    private SystemShare share;
    private EventInbox inbox;

    @BeforeEach
    void makeShare() throws IOException {
        share = new SystemShare("prince", folder.resolve("prince"));
        Files.createDirectories(share.events());
        EventReader reader = new EventReader(EventJson.MAPPER, EventJson.MAX_BYTES);
        EventReadiness.Waiting waiting = new EventReadiness.Waiting(
                SETTLE, Duration.ofSeconds(60), Duration.ofMinutes(10), Duration.ofSeconds(10));
        inbox = new EventInbox(
                share,
                reader,
                new EventReadiness(share, reader, waiting, clock),
                new EventFolder(share, waiting, clock),
                new ProcessedFiles() {
                    @Override
                    public boolean contains(String system, Path file) {
                        return processed.contains(file);
                    }

                    @Override
                    public void add(String system, Path file) {
                        processed.add(file);
                    }
                },
                EventJson.MAPPER);
    }

    @Test
    @DisplayName("I17 the event says how many images were announced and how many are there")
    void counts() throws IOException {
        image("Img/a.tif");

        PendingEvent pending = inbox.read(event("1.json"));

        assertThat(pending.event().imageCount()).isEqualTo(2);
        assertThat(pending.imageCountActual()).isEqualTo(1);
        assertThat(pending.source()).isEqualTo(share.root().resolve("x"));
        assertThat(pending.share().system()).isEqualTo("prince");
        assertThat(pending.stagingPath()).isEmpty();
    }

    @Test
    @DisplayName("I16 images that never came are a reason to refuse that names img_dir")
    void missingImages() {
        Path file = event("1.json");

        assertThatThrownBy(() -> inbox.read(file))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("img_dir")
                .hasMessageContaining("grace time");
    }

    @Test
    @DisplayName("I07 an event whose images lie outside is refused and nothing of them is read")
    void imagesOutside() throws IOException {
        Files.createDirectories(folder.resolve("secret"));
        Files.createSymbolicLink(share.root().resolve("x"), folder.resolve("secret"));
        Path file = event("1.json");

        assertThatThrownBy(() -> inbox.read(file))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("img_dir");
    }

    @Test
    @Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    @DisplayName("I07 an event file that is a link or a pipe is refused without being read")
    void noPlainFile() throws Exception {
        image("a.tif");
        Path secret = EventJson.valid().with("img_dir", "x").writeTo(folder.resolve("secret.json"));
        Path link = Files.createSymbolicLink(share.events().resolve("1.json"), secret);
        Path pipe = share.events().resolve("2.json");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();

        assertThatThrownBy(() -> inbox.read(link)).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> inbox.read(pipe)).isInstanceOf(InvalidInputException.class);
    }

    @Test
    @DisplayName("CI9 I06 an event file of the limit is read; one of a byte more is refused, and the limit named")
    void largeFile() throws IOException {
        image("a.tif");
        String event = EventJson.valid().with("img_dir", "x").text();
        Path largest = Files.writeString(
                share.events().resolve("1.json"), event + " ".repeat(EventJson.MAX_BYTES - event.length()));
        Path larger = Files.writeString(share.events().resolve("2.json"), Files.readString(largest) + " ");

        assertThat(inbox.read(largest).event().plate()).isEqualTo(7);
        assertThatThrownBy(() -> inbox.read(larger))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("larger than 524288 bytes (imaging.ingest.max-event-size)");
    }

    @Test
    @DisplayName("CI9 the metadata of Python, with NaN in it, is kept, the NaN as null")
    void metadataOfPython() throws IOException {
        image("Img/a.tif");
        Files.writeString(
                share.root().resolve("x/metadata.json"),
                "{\"focus\": NaN, \"exposure_ms\": 10, \"range\": [-Infinity, 0.5],}");

        assertThat(inbox.read(event("1.json")).metadata().orElseThrow())
                .hasToString("{\"focus\":null,\"exposure_ms\":10,\"range\":[null,0.5]}");
    }

    @Test
    @DisplayName("CI9 event and metadata together fit into their column, or the metadata is left out")
    void largeMetadata() throws IOException {
        image("Img/a.tif");
        Files.writeString(share.root().resolve("x/metadata.json"), "\"" + "x".repeat(500_000) + "\"");
        Path small = event("1.json");
        Path large = EventJson.valid()
                .with("img_dir", "x")
                .with("tiles", "x".repeat(505_000))
                .writeTo(share.events().resolve("2.json"));

        assertThat(inbox.read(small).metadata()).isPresent();
        assertThat(inbox.read(large).metadata()).isEmpty();
    }

    @Test
    void anEventThatIsGoneMayBeTriedAgain() {
        assertThatThrownBy(() -> inbox.read(share.events().resolve("1.json"))).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    @DisplayName("I18 an object in metadata.json comes with the event")
    void metadata() throws IOException {
        image("Img/a.tif");
        Files.writeString(share.root().resolve("x/metadata.json"), "{\"camera\": {\"gain\": 1.5}}");

        assertThat(inbox.read(event("1.json"))
                        .metadata()
                        .orElseThrow()
                        .at("/camera/gain")
                        .doubleValue())
                .isEqualTo(1.5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "null", "not json", "{} {}", "[[[DEEP", "{\"x\":\"LONG"})
    @DisplayName("I18 a metadata.json that cannot be read is left out, the event goes on")
    void brokenMetadata(String text) throws IOException {
        image("Img/a.tif");
        String content = text.replace("DEEP", "[".repeat(10_000)).replace("LONG", "x".repeat(1 << 20) + "\"}");
        Files.writeString(share.root().resolve("x/metadata.json"), content);

        assertThat(inbox.read(event("1.json")).metadata()).isEmpty();
    }

    @Test
    @DisplayName("I07 a metadata.json that leads out of the share is not read")
    void metadataOutside() throws IOException {
        image("Img/a.tif");
        Files.writeString(folder.resolve("secret.json"), "{\"secret\": 1}");
        Files.createSymbolicLink(share.root().resolve("x/metadata.json"), Path.of("../../secret.json"));

        assertThat(inbox.read(event("1.json")).metadata()).isEmpty();
    }

    @Test
    @DisplayName("I15 a published event is removed; one that is gone already is fine")
    void finish() throws IOException {
        image("a.tif");
        Path file = event("1.json");
        PendingEvent pending = inbox.read(file);

        inbox.finish(pending);
        inbox.finish(pending);

        assertThat(file).doesNotExist();
        assertThat(processed).isEmpty();
    }

    @Test
    @DisplayName("I15 a file that was written again while its event was published is a new event and stays")
    void writtenAgainMeanwhile() throws IOException {
        image("a.tif");
        image("b.tif");
        Path file = event("1.json");
        take(file);
        PendingEvent pending = inbox.read(file);

        EventJson.valid().with("img_dir", "x").with("plate", 123).writeTo(file);
        inbox.finish(pending);

        assertThat(file).exists();
        take(file);
        assertThat(inbox.read(file).event().plate()).isEqualTo(123);
    }

    @Test
    @DisplayName("I06 a bad event that was put right meanwhile is not set aside")
    void putRightMeanwhile() throws IOException {
        Path file = Files.writeString(share.events().resolve("1.json"), "{}");
        take(file);

        event("1.json");
        inbox.setAside(file, reason("plate", "is required", null));

        assertThat(file).exists();
        assertThat(share.failed().resolve("1.json")).doesNotExist();
    }

    @Test
    @DisplayName("I06 a bad event is set aside with one line a reason beside it")
    void setAside() throws IOException {
        Path file = Files.writeString(share.events().resolve("1.json"), "{}");

        inbox.setAside(
                file,
                new InvalidInputException(List.of(
                        new FieldProblem(List.of("plate"), "missing", "is required", null),
                        new FieldProblem(List.of("img_dir"), "value_error", "must stay inside", "a\n\u0000\u001Bb"))));

        assertThat(file).doesNotExist();
        assertThat(share.failed().resolve("1.json")).hasContent("{}");
        assertThat(Files.readAllLines(share.failed().resolve("1.json.error.txt")))
                .containsExactly("plate: is required", "img_dir: must stay inside, is 'a???b'");
    }

    @Test
    @DisplayName("I06 a second bad event of the same name replaces neither the first nor its reason")
    void sameNameTwice() throws IOException {
        for (int i = 1; i <= 3; i++) {
            Path file = Files.writeString(share.events().resolve("1.json"), "bad " + i);
            inbox.setAside(file, reason("file", "reason " + i, null));
        }

        assertThat(share.failed().resolve("1.json")).hasContent("bad 1");
        assertThat(share.failed().resolve("1-2.json")).hasContent("bad 2");
        assertThat(share.failed().resolve("1-3.json")).hasContent("bad 3");
        assertThat(share.failed().resolve("1-2.json.error.txt")).hasContent("file: reason 2\n");
    }

    @Test
    @DisplayName("I06 a bad event moved back and put right is taken")
    void movedBack() throws IOException {
        image("a.tif");
        image("b.tif");
        Path file = Files.writeString(share.events().resolve("1.json"), "{}");
        inbox.setAside(file, reason("plate", "is required", null));

        Files.move(share.failed().resolve("1.json"), file);
        event("1.json");
        take(file);

        assertThat(inbox.read(file).event().plate()).isEqualTo(7);
    }

    @Test
    @DisplayName("I06 a name too long for its reason does not keep a bad event in the way")
    void longName() throws IOException {
        String name = "x".repeat(250) + ".json";
        Path file = Files.writeString(share.events().resolve(name), "{}");

        inbox.setAside(file, reason("plate", "is required", null));

        assertThat(file).doesNotExist();
        assertThat(share.failed().resolve(name)).exists();
    }

    @Test
    @DisplayName("I06 a bad event that is gone leaves no reason without an event behind")
    void goneMeanwhile() {
        inbox.setAside(share.events().resolve("1.json"), reason("plate", "is required", null));

        assertThat(share.failed()).doesNotExist();
    }

    @Test
    @DisplayName(
            "I06 a bad event that cannot be set aside, though the share can be written, is a failure for another try")
    void cannotBeSetAside() throws IOException {
        Files.createFile(share.failed());
        Path file = Files.writeString(share.events().resolve("1.json"), "{}");

        assertThatThrownBy(() -> inbox.setAside(file, reason("plate", "is required", null)))
                .isInstanceOf(UncheckedIOException.class);
        assertThat(file).exists();
        assertThat(processed).isEmpty();
    }

    @Test
    @DisplayName("CI5 a bad event whose name is no text is set aside by the bytes of its name")
    void badEventOfOddName() throws IOException {
        Path name = FileNames.change(Path.of("lat.json"), text -> "lat\u00e9\n.json");
        for (int i = 1; i <= 2; i++) {
            Path file = Files.writeString(share.events().resolve(name), "{}");
            assertThat(inbox.fileOf(file.toFile())).isEqualTo(file);
            inbox.setAside(file, reason("plate", "is required", null));
            assertThat(file).doesNotExist();
        }

        assertThat(share.failed().resolve(name)).exists();
        try (Stream<Path> failed = Files.list(share.failed())) {
            assertThat(failed.map(file -> FileNames.printable(file.getFileName())))
                    .containsExactlyInAnyOrder(
                            "lat\\xe9\\x0a.json",
                            "lat\\xe9\\x0a.json.error.txt",
                            "lat\\xe9\\x0a-2.json",
                            "lat\\xe9\\x0a-2.json.error.txt");
        }
    }

    @Test
    @DisplayName(
            "CI5 what lies among the events and is none is named once, after a while, and counted until it is gone")
    void strangers() throws IOException {
        image("a.tif");
        Path event = event("1.JSON");
        Path hidden = Files.createFile(share.events().resolve(".hidden\n.json"));
        Path folder = Files.createDirectory(share.events().resolve("dir.json"));
        Path unfinished = Files.createFile(share.events().resolve("2.tmp"));
        Files.createDirectories(share.failed());
        try (LogLines log = new LogLines()) {
            poll(event);
            assertThat(inbox.folder().ignored()).as("first seen").isEmpty();
            clock.advance(Duration.ofSeconds(11));
            poll(event);
            poll(event);
            assertThat(inbox.folder().ignored()).containsExactly(".hidden\\x0a.json", "dir.json");
            clock.advance(Duration.ofMinutes(2));
            poll(event);
            assertThat(inbox.folder().ignored()).containsExactly(".hidden\\x0a.json", "2.tmp", "dir.json");

            assertThat(log.containing("not taken as an event"))
                    .hasSize(3)
                    .allSatisfy(line -> assertThat(line.level()).isEqualTo("WARN"))
                    .allSatisfy(line -> assertThat(line.message()).doesNotContain("\n"));
        }

        for (Path gone : List.of(hidden, folder, unfinished)) {
            Files.delete(gone);
        }
        clock.advance(Duration.ofMinutes(1));
        poll(event);
        assertThat(inbox.folder().ignored()).isEmpty();
    }

    private void poll(Path... listed) {
        inbox.beginPoll();
        for (Path file : listed) {
            inbox.isReady(file.toFile());
        }
    }

    @Test
    @DisplayName("I15 what was dealt with on a read-only share is asked for once, not at every look")
    void dealtWithBefore() throws IOException {
        image("a.tif");
        image("b.tif");
        Path file = event("1.json");
        processed.add(file);
        assertThat(isReady(file)).isFalse();
        clock.advance(SETTLE);
        assertThat(isReady(file)).isFalse();

        processed.clear();
        clock.advance(Duration.ofHours(1));
        assertThat(isReady(file)).isFalse();
        clock.advance(Duration.ofHours(1));
        assertThat(isReady(file)).isFalse();

        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2024-02-01T12:00:00Z")));
        clock.advance(Duration.ofHours(1));
        take(file);
    }

    private void take(Path file) {
        isReady(file);
        clock.advance(SETTLE);
        assertThat(isReady(file)).isTrue();
    }

    private Path event(String name) {
        return EventJson.valid().with("img_dir", "x").writeTo(share.events().resolve(name));
    }

    private void image(String name) throws IOException {
        Path image = share.root().resolve("x").resolve(name);
        Files.createDirectories(image.getParent());
        Files.createFile(image);
    }

    private static InvalidInputException reason(String field, String message, String input) {
        return new InvalidInputException(List.of(new FieldProblem(List.of(field), "value_error", message, input)));
    }

    /** A poll that finds one file. */
    private boolean isReady(Path file) {
        inbox.beginPoll();
        return inbox.isReady(file);
    }
}
