package routes.imaging;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Copying programs that come back after the upload and set all times to those of the microscope. */
class LateChangesWorkflowTest extends ImagingWorkflow {

    private static final String UPLOAD = "imaging-upload-event";
    private static final FileTime IMAGED = FileTime.from(Instant.parse("2024-02-01T09:30:00Z"));
    private static final String FIRST = "img_000.tif";
    private static final String SCHEDULE = "imaging-schedule-retention";

    /** These tests say when retention looks; the schedule would look in between. */
    @BeforeEach
    void stopSchedule() throws Exception {
        camel.getRouteController().stopRoute(SCHEDULE);
    }

    @AfterEach
    void startSchedule() throws Exception {
        camel.getRouteController().startRoute(SCHEDULE);
    }

    @Test
    @DisplayName("CI1 an image that a repeated rsync brings after the upload is kept, said once, and uploaded again")
    void repeatedRsync() throws Exception {
        SampleEvent event = exported(SampleEvent.ofPrince().images(1, 50_000).with("img_count", 2));
        write(event, "b.tif", bytes(50_000));

        try (LogLines log = new LogLines()) {
            assertThat(kept(event)).contains("b.tif");
            assertThat(kept(event)).contains("b.tif");
            assertThat(log.containing("due but kept").stream().filter(line -> line.message()
                            .contains(event.refId().toString())))
                    .hasSize(1);
        }
        assertThat(event(event.refId()).at("/source/kept_because").textValue()).contains("b.tif");

        Map<String, String> files = filesOf(event);
        assertThat(files).containsOnlyKeys("./Img/b.tif", "./Img/" + FIRST);
        JsonNode after = uploadAgain(event);
        assertThat(after.at("/source/kept_because").isNull()).isTrue();
        assertThat(after.at("/source/img_count_actual").intValue()).isEqualTo(2);
        assertThat(membersOf(after)).containsAllEntriesOf(files);
        purge();
        assertThat(source(event)).doesNotExist();
    }

    @Test
    @DisplayName("CI2 an image whose copy is resumed in place after the upload is kept and uploaded again")
    void resumedInPlace() throws Exception {
        SampleEvent event = exported(SampleEvent.ofPrince().images(1, 40_000));
        write(event, FIRST, bytes(100_000));

        assertThat(kept(event)).contains(FIRST);

        assertThat(membersOf(uploadAgain(event))).containsAllEntriesOf(filesOf(event));
    }

    @Test
    @DisplayName(
            "CI3 an image that is filled after the upload, in the length reserved before, is kept and uploaded again")
    void preallocated() throws Exception {
        SampleEvent event = SampleEvent.ofPrince().images(1, 30_000);
        event.writeImages(share("prince"));
        try (RandomAccessFile reserved =
                new RandomAccessFile(images(event).resolve(FIRST).toFile(), "rw")) {
            reserved.setLength(100_000);
        }
        exported(event);
        write(event, FIRST, bytes(100_000));

        assertThat(kept(event)).contains(FIRST);

        assertThat(membersOf(uploadAgain(event))).containsAllEntriesOf(filesOf(event));
        purge();
        assertThat(source(event)).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(ints = {40_000, 100_000})
    @DisplayName("CI2 CI3 where nothing is deleted, uploading again makes the object right")
    void withoutDeletion(int before) throws Exception {
        SampleEvent event = exported(SampleEvent.of("bowie").images(1, before));
        write(event, FIRST, bytes(100_000));
        purge();

        assertThat(membersOf(uploadAgain(event))).containsAllEntriesOf(filesOf(event));
    }

    @Test
    @DisplayName("CI1 an object is not replaced by less: what retention or somebody deleted may be nowhere else")
    void nothingIsLostByUploadingAgain() throws Exception {
        SampleEvent event = exported(SampleEvent.ofPrince().images(2, 50_000));
        JsonNode before = event(event.refId());
        Files.delete(images(event).resolve(FIRST));
        write(event, "late.tif", bytes(200_000));

        try (LogLines log = new LogLines()) {
            assertThat(post("/api/1/operations/re-upload/" + event.refId()).statusCode())
                    .isEqualTo(202);
            await().until(() ->
                    !log.containing("no longer holds ./Img/" + FIRST).isEmpty());
        }
        assertThat(membersOf(before)).containsKey("./Img/" + FIRST);
        assertThat(event(event.refId()).get("export").get("checksum"))
                .isEqualTo(before.get("export").get("checksum"));
    }

    @Test
    @DisplayName(
            "CI3 the source of a time step that went through staging goes when it is what was copied, and stays otherwise")
    void staged() throws Exception {
        SampleEvent same = exported(SampleEvent.of("aretha"));
        SampleEvent changed = exported(SampleEvent.of("aretha"));
        write(changed, FIRST, bytes(10_000));

        assertThat(kept(changed)).contains(FIRST);
        publishedAgo(same, Duration.ofHours(9));
        purge();
        assertThat(source(same)).doesNotExist();

        // Its staging copy is older, and not what the operator means
        assertThat(membersOf(uploadAgain(changed))).containsAllEntriesOf(filesOf(changed));
    }

    @ParameterizedTest
    @ValueSource(strings = {"./%s/", "nothing/../%s", "%s//Img/..", "%s/Img", "to-%s"})
    @DisplayName("CI7 a folder is kept until every event in or around it is uploaded, however they spell it")
    void spellings(String spelling) throws Exception {
        SampleEvent one = exportedNow(SampleEvent.ofPrince());
        Files.createSymbolicLink(share("prince").resolve("to-" + one.imageDir()), Path.of(one.imageDir()));
        SampleEvent two = SampleEvent.ofPrince().with("img_dir", spelling.formatted(one.imageDir()));
        camel.getRouteController().suspendRoute(UPLOAD);
        try {
            two.writeFile(events("prince"));
            await().until(() -> get("/api/1/events/" + two.refId()).statusCode() == 200);
            // Not before: what is only a file protects nothing yet
            publishedAgo(one, Duration.ofHours(9));
            purge();
            assertThat(images(one)).isDirectoryContaining("glob:**/" + FIRST);
        } finally {
            camel.getRouteController().resumeRoute(UPLOAD);
        }
        awaitExported(two.refId());
        purge();
        assertThat(source(one)).doesNotExist();
    }

    /** A time step that is uploaded and nine hours old. */
    private SampleEvent exported(SampleEvent event) throws IOException {
        exportedNow(event);
        publishedAgo(event, Duration.ofHours(9));
        return event;
    }

    private SampleEvent exportedNow(SampleEvent event) throws IOException {
        if (!Files.exists(source(event))) {
            event.writeImages(share(event.system()));
        }
        setTimes(event);
        event.writeFile(events(event.system()));
        awaitExported(event.refId());
        return event;
    }

    private void publishedAgo(SampleEvent event, Duration age) {
        sql.sql("update imaging_events set appended_at = ? where ref_id = ?")
                .params(OffsetDateTime.now(ZoneOffset.UTC).minus(age), event.refId())
                .update();
    }

    private JsonNode purge() {
        return parse(post("/api/1/operations/purge").body());
    }

    /** Why retention keeps the source, which is there still. */
    private String kept(SampleEvent event) throws IOException {
        Map<String, String> before = filesOf(event);
        JsonNode purged = purge();
        assertThat(filesOf(event)).isEqualTo(before);
        return StreamSupport.stream(purged.get("kept").spliterator(), false)
                .filter(item ->
                        item.get("ref_id").textValue().equals(event.refId().toString()))
                .map(item -> item.get("reason").textValue())
                .findFirst()
                .orElseThrow();
    }

    private JsonNode uploadAgain(SampleEvent event) {
        JsonNode before = event(event.refId()).at("/export/checksum");
        assertThat(post("/api/1/operations/re-upload/" + event.refId()).statusCode())
                .isEqualTo(202);
        JsonNode after = await().until(() -> event(event.refId()), now -> !now.at("/export/checksum")
                .equals(before));
        assertThat(parse(post("/api/1/operations/verify/" + event.refId()).body())
                        .get("ok")
                        .booleanValue())
                .isTrue();
        return after;
    }

    private Path source(SampleEvent event) {
        return share(event.system()).resolve(event.imageDir());
    }

    private Path images(SampleEvent event) {
        return source(event).resolve("Img");
    }

    private void write(SampleEvent event, String name, byte[] content) throws IOException {
        Files.write(images(event).resolve(name), content);
        setTimes(event);
    }

    private void setTimes(SampleEvent event) throws IOException {
        try (Stream<Path> paths = Files.walk(source(event))) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                Files.setLastModifiedTime(path, IMAGED);
            }
        }
    }

    private static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        new Random(count).nextBytes(bytes);
        return bytes;
    }

    /** Checksum by name in the tar. */
    private Map<String, String> filesOf(SampleEvent event) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(source(event))) {
            for (Path path : (Iterable<Path>) paths.filter(Files::isRegularFile)::iterator) {
                files.put("./" + source(event).relativize(path), Checksums.sha256(Files.readAllBytes(path)));
            }
        }
        return files;
    }

    private Map<String, String> membersOf(JsonNode event) throws IOException {
        Map<String, String> members = new TreeMap<>();
        byte[] object = download(event.at("/export/url").textValue());
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new ByteArrayInputStream(object))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (!entry.isDirectory()) {
                    members.put(entry.getName(), Checksums.sha256(tar.readAllBytes()));
                }
            }
        }
        return members;
    }
}
