package routes.imaging;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import io.lettuce.core.Range;
import io.lettuce.core.StreamMessage;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.actuate.health.HealthIndicator;
import routes.imaging.event.FileNames;

import static org.assertj.core.api.Assertions.assertThat;

/** Event files of every kind, all dropped at once; each test waits for what becomes of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IngestWorkflowTest extends ImagingWorkflow {

    private final SampleEvent documented = SampleEvent.ofPrince();
    private final SampleEvent aliases =
            SampleEvent.ofPrince().without("img_count").without("img_dir");
    private final SampleEvent bothSpellings = SampleEvent.ofPrince().with("image_count", 99);
    private final SampleEvent computedExperiment = SampleEvent.ofPrince().without("experiment_id");
    private final SampleEvent shortId = SampleEvent.ofPrince();
    private final SampleEvent unknownField = SampleEvent.ofPrince().with("humidity", 40);
    private final SampleEvent video = SampleEvent.ofPrince().with("event_type", "video");
    private final SampleEvent withMetadata = SampleEvent.ofPrince();
    private final SampleEvent brokenMetadata = SampleEvent.ofPrince();
    private final SampleEvent ofAretha = SampleEvent.of("aretha").with("system", "prince");
    private final SampleEvent fewerImages = SampleEvent.ofPrince().with("img_count", 5);
    private final SampleEvent naiveTimestamp = SampleEvent.ofPrince().with("timestamp", "2024-02-01T09:30:00");
    private final SampleEvent neverAnyImages = SampleEvent.ofPrince();
    private final List<SampleEvent> incomplete =
            List.of("timestep_id", "plate", "cross_date", "position", "timestamp", "img_count", "img_dir").stream()
                    .map(field -> SampleEvent.ofPrince().with("missing", field).without(field))
                    .toList();

    @Autowired
    private MeterRegistry meters;

    @Autowired
    @Qualifier("eventFoldersHealthIndicator")
    private HealthIndicator eventFolders;

    private LogLines log;
    private Instant dropped;

    @BeforeAll
    void drop() throws IOException {
        log = new LogLines();
        dropped = Instant.now();
        aliases.with("image_count", 2).with("path", "run-" + aliases.refId());
        shortId.with("timestep_id", shortId.refId().toString().replace("-", ""));
        writeMetadata(withMetadata, "{\"camera\": {\"model\": \"gradient\"}}");
        writeMetadata(brokenMetadata, "{\"camera\": ");
        List.of(
                        documented,
                        aliases,
                        bothSpellings,
                        computedExperiment,
                        shortId,
                        unknownField,
                        video,
                        withMetadata,
                        brokenMetadata,
                        ofAretha,
                        fewerImages,
                        naiveTimestamp)
                .forEach(this::drop);
        neverAnyImages.writeFile(events("prince"));
        incomplete.forEach(event -> event.writeFile(events("prince")));
    }

    @AfterAll
    void stopLogging() {
        log.close();
    }

    @Test
    @DisplayName("I01 I15 an event leads to one entry within 10 s, and its file is gone")
    void oneEntry() {
        Path file = events("prince").resolve(documented.fileName());
        await().atMost(Duration.ofSeconds(10)).until(() -> !Files.exists(file));
        assertThat(published(documented.refId())).hasSize(1);
    }

    @Test
    @DisplayName("I19 the entry has one field data, JSON with the documented keys and types")
    void shapeOfTheEntry() {
        onlyEntry(documented);
        StreamMessage<String, String> entry = rawEntry(documented.refId());
        assertThat(entry.getBody()).containsOnlyKeys("data");
        JsonNode data = parse(entry.getBody().get("data"));
        assertThat(UUID.fromString(data.get("ref_id").textValue())).isEqualTo(documented.refId());
        assertThat(data.get("experiment_id").isTextual()).isTrue();
        assertThat(OffsetDateTime.parse(data.get("timestamp").textValue()))
                .isEqualTo(OffsetDateTime.parse("2024-02-01T09:30:00Z"));
        assertThat(data.get("type").textValue()).isEqualTo("stitch");
        assertThat(data.get("system").textValue()).isEqualTo("prince");
        assertThat(data.get("position").isInt()).isTrue();
        assertThat(data.get("plate").intValue()).isEqualTo(7);
        assertThat(data.get("cross_date").textValue()).isEqualTo("2024-01-15");
        JsonNode source = data.get("src_dir_info");
        assertThat(source.get("local_path").textValue()).isEqualTo(documented.imageDir());
        assertThat(source.get("staging_path").isNull()).isTrue();
        assertThat(source.get("img_count").intValue()).isEqualTo(2);
        assertThat(source.get("img_count_actual").intValue()).isEqualTo(2);
        assertThat(source.get("raw_metadata").isObject()).isTrue();
    }

    @Test
    @DisplayName("I02 the aliases image_count and path work")
    void aliases() {
        JsonNode source = onlyEntry(aliases).get("src_dir_info");
        assertThat(source.get("img_count").intValue()).isEqualTo(2);
        assertThat(source.get("local_path").textValue()).isEqualTo("run-" + aliases.refId());
    }

    @Test
    @DisplayName("I02 of two spellings with different values the documented one is used, with a warning")
    void bothSpellings() {
        JsonNode source = onlyEntry(bothSpellings).get("src_dir_info");
        assertThat(source.get("img_count").intValue()).isEqualTo(2);
        assertThat(log.containing("image_count=99")).isNotEmpty().allSatisfy(line -> assertThat(line.level())
                .isEqualTo("WARN"));
    }

    @Test
    @DisplayName("I03 the experiment id is computed of cross date and plate; a given one is kept")
    void experimentId() {
        assertThat(onlyEntry(computedExperiment).get("experiment_id").textValue())
                .isEqualTo("20240115_007");
        assertThat(onlyEntry(documented).get("experiment_id").textValue())
                .isEqualTo(documented.fields().get("experiment_id"));
    }

    @Test
    @DisplayName("I05 an id of 32 hex digits is the same id as the hyphenated one")
    void shortId() {
        assertThat(onlyEntry(shortId).get("ref_id").textValue())
                .isEqualTo(shortId.refId().toString());
    }

    @Test
    @DisplayName("I06 unknown extra fields are ignored")
    void unknownField() {
        onlyEntry(unknownField);
    }

    @Test
    @DisplayName("I06 each missing required field is a reason that names the field")
    void missingFields() {
        assertThat(incomplete).allSatisfy(event -> assertThat(awaitReason(event))
                .contains(event.fields().get("missing").toString()));
    }

    @Test
    @DisplayName("I04 a timestamp without offset is rejected, with a reason that names timestamp")
    void naiveTimestamp() {
        assertThat(awaitReason(naiveTimestamp)).startsWith("timestamp");
        assertThat(published(naiveTimestamp.refId())).isEmpty();
    }

    @Test
    @DisplayName("I12 two systems are served at once; system is the directory name, whatever the event says")
    void twoSystems() {
        assertThat(onlyEntry(ofAretha).get("system").textValue()).isEqualTo("aretha");
        assertThat(onlyEntry(documented).get("system").textValue()).isEqualTo("prince");
    }

    @Test
    @DisplayName("I14 event_type video arrives as type video, and its object lies below videos/")
    void video() {
        assertThat(onlyEntry(video).get("type").textValue()).isEqualTo("video");
        assertThat(awaitExported(video.refId()).at("/export/key").textValue())
                .contains("/videos/" + video.fields().get("experiment_id"));
    }

    @Test
    @DisplayName("I16 an event whose folder never appears is refused after the grace time, with the reason")
    void neverAnyImages() {
        assertThat(awaitReason(neverAnyImages)).startsWith("img_dir");
        assertThat(Instant.now()).isAfter(dropped.plus(imaging.ingest().imageGrace()));
        assertThat(published(neverAnyImages.refId())).isEmpty();
    }

    @Test
    @DisplayName("I17 fewer images than announced: published after the grace time, with both numbers and a warning")
    void fewerImages() {
        JsonNode source = onlyEntry(fewerImages).get("src_dir_info");
        assertThat(Instant.now()).isAfter(dropped.plus(imaging.ingest().imageGrace()));
        assertThat(source.get("img_count").intValue()).isEqualTo(5);
        assertThat(source.get("img_count_actual").intValue()).isEqualTo(2);
        assertThat(log.containing("holds 2 images, the event says 5"))
                .hasSize(1)
                .allSatisfy(line -> assertThat(line.level()).isEqualTo("WARN"));
    }

    @Test
    @DisplayName("I18 a metadata.json object appears in raw_metadata; a broken one gives a warning only")
    void metadata() {
        JsonNode raw = onlyEntry(withMetadata).at("/src_dir_info/raw_metadata");
        assertThat(raw.at("/metadata/camera/model").textValue()).isEqualTo("gradient");
        assertThat(raw.at("/event/timestep_id").textValue())
                .isEqualTo(withMetadata.refId().toString());
        assertThat(onlyEntry(brokenMetadata)
                        .at("/src_dir_info/raw_metadata/metadata")
                        .isNull())
                .isTrue();
        assertThat(log.containing(brokenMetadata.imageDir() + "/metadata.json is not JSON"))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line.level()).isEqualTo("WARN"));
    }

    @ParameterizedTest(name = "{displayName}: {0}")
    @ValueSource(strings = {"../outside", "/etc", "", "link-out"})
    @DisplayName("I07 images outside the share are refused and nothing of them is read")
    void outside(String imageDir) throws IOException {
        Path outside = Files.createDirectories(share("prince").resolveSibling("outside"));
        Path link = share("prince").resolve("link-out");
        if (!Files.exists(link)) {
            Files.createSymbolicLink(link, outside);
        }
        SampleEvent event = SampleEvent.ofPrince().with("img_dir", imageDir).with("img_count", 0);
        event.writeFile(events("prince"));
        assertThat(awaitReason(event)).startsWith("img_dir");
        assertThat(published(event.refId())).isEmpty();
    }

    @Test
    @DisplayName("I16 an event whose folder appears within the grace time is ingested")
    void imagesComeLate() {
        SampleEvent late = SampleEvent.ofPrince().writeFile(events("prince"));
        onlyEntry(drop(SampleEvent.ofPrince()));
        assertThat(published(late.refId())).as("it waits").isEmpty();
        late.writeImages(share("prince"));
        onlyEntry(late);
    }

    @Test
    @DisplayName("I08 broken JSON is refused after the grace time, not before")
    void brokenJson() throws IOException {
        SampleEvent broken = SampleEvent.ofPrince();
        Instant written = Instant.now();
        Path file = Files.writeString(events("prince").resolve(broken.fileName()), "{\"timestep_id\": ");
        assertThat(awaitReason(broken)).isNotBlank();
        assertThat(Instant.now()).isAfter(written.plus(imaging.ingest().parseGrace()));
        assertThat(file).doesNotExist();
    }

    @Test
    @DisplayName("I09 a file written in two halves is ingested once, complete")
    void twoHalves() throws IOException {
        SampleEvent event = SampleEvent.ofPrince().writeImages(share("prince"));
        Path file = events("prince").resolve(event.fileName());
        byte[] content = event.json();
        try (var out = Files.newOutputStream(file)) {
            out.write(content, 0, content.length / 2);
            out.flush();
            // Another event goes all the way meanwhile, so the first half was looked at when it had settled
            onlyEntry(drop(SampleEvent.ofPrince()));
            assertThat(published(event.refId())).isEmpty();
            out.write(content, content.length / 2, content.length - content.length / 2);
        }
        assertThat(onlyEntry(event).at("/src_dir_info/img_count").intValue()).isEqualTo(2);
        assertThat(failed(event)).doesNotExist();
    }

    @Test
    @DisplayName("I10 x.tmp and .x.json are ignored; renamed to x.json it is ingested")
    void otherNames() throws IOException {
        SampleEvent hidden = SampleEvent.ofPrince().writeImages(share("prince"));
        SampleEvent unfinished = SampleEvent.ofPrince().writeImages(share("prince"));
        Path hiddenFile = Files.write(events("prince").resolve("." + hidden.fileName()), hidden.json());
        Path unfinishedFile = Files.write(events("prince").resolve(unfinished.fileName() + ".tmp"), unfinished.json());
        onlyEntry(drop(SampleEvent.ofPrince()));
        assertThat(hiddenFile).exists();
        assertThat(unfinishedFile).exists();
        Files.move(unfinishedFile, events("prince").resolve(unfinished.fileName()));
        onlyEntry(unfinished);
        assertThat(published(hidden.refId())).isEmpty();
        assertThat(hiddenFile).exists();
    }

    @Test
    @DisplayName("I13 a folder that is no system is left alone; a missing events folder does not stop the others")
    void strangersAndAbsentees() throws IOException {
        SampleEvent stranger = drop(SampleEvent.of("ziggy"));
        Files.delete(events("bowie"));
        onlyEntry(drop(SampleEvent.ofPrince()));
        assertThat(published(stranger.refId())).isEmpty();
        assertThat(events("ziggy").resolve(stranger.fileName())).exists();
        // and the share is read as soon as it is back
        onlyEntry(drop(SampleEvent.of("bowie")));
    }

    @Test
    @DisplayName(
            "CI5 a name that is no text, or has a line feed in it, is as good as another; what is left is said once")
    void oddNames() throws IOException {
        SampleEvent lineFeed = SampleEvent.ofPrince().named("a\nb");
        SampleEvent latin1 = SampleEvent.ofPrince();
        Path latin1Name = FileNames.change(Path.of(latin1.fileName()), name -> "lat\u00e9" + name);
        Files.createDirectories(events("prince").resolve("dir.json"));
        Files.createFile(events("prince").resolve(".hidden.json"));
        Files.write(
                events("prince").resolve(latin1Name),
                latin1.writeImages(share("prince")).json());

        onlyEntry(drop(lineFeed));
        await().until(() -> !published(latin1.refId()).isEmpty()
                && !Files.exists(events("prince").resolve(latin1Name)));
        await().until(() -> meters.get("imaging.events.ignored")
                        .tag("system", "prince")
                        .gauge()
                        .value()
                >= 2);
        assertThat(eventFolders.health().getDetails().get("prince").toString()).contains("dir.json", ".hidden.json");
        for (String name : List.of("dir.json is not taken", ".hidden.json is not taken")) {
            assertThat(log.containing(name)).hasSize(1);
        }
        assertThat(published(latin1.refId())).hasSize(1);
    }

    private void writeMetadata(SampleEvent event, String text) throws IOException {
        Path folder = Files.createDirectories(share(event.system()).resolve(event.imageDir()));
        Files.writeString(folder.resolve("metadata.json"), text);
    }

    /** Waits for the entry of the event, and sees that its file is gone and no second entry came. */
    private JsonNode onlyEntry(SampleEvent event) {
        await().until(() -> !published(event.refId()).isEmpty()
                && !Files.exists(events(event.system()).resolve(event.fileName())));
        List<JsonNode> entries = published(event.refId());
        assertThat(entries).hasSize(1);
        return entries.get(0);
    }

    private StreamMessage<String, String> rawEntry(UUID refId) {
        return redis.xrange(imaging.streams().events(), Range.unbounded()).stream()
                .filter(entry -> entry.getBody().getOrDefault("data", "").contains(refId.toString()))
                .findFirst()
                .orElseThrow();
    }

    private Path failed(SampleEvent event) {
        return events(event.system()).resolve(".failed").resolve(event.fileName());
    }

    /** Waits until the event is refused, and gives the reason that lies beside it. */
    private String awaitReason(SampleEvent event) {
        Path file = failed(event);
        await().until(() -> Files.exists(file));
        try {
            return Files.readString(file.resolveSibling(file.getFileName() + ".error.txt"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
