package routes.imaging;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import routes.imaging.event.inbox.StagingArea;

import static org.assertj.core.api.Assertions.assertThat;

/** A dry run and then a purge over events of all ages; each test looks at what became of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RetentionWorkflowTest extends ImagingWorkflow {

    private static final String UPLOAD = "imaging-upload-event";
    private static final String SCHEDULE = "imaging-schedule-retention";

    private final SampleEvent old = SampleEvent.ofPrince();
    private final SampleEvent young = SampleEvent.ofPrince();
    private final SampleEvent ofBowie = SampleEvent.of("bowie");
    private final SampleEvent staged = SampleEvent.of("aretha");
    private final SampleEvent stagedYoung = SampleEvent.of("aretha");
    private final SampleEvent days = SampleEvent.ofPrince();
    private final SampleEvent gone = SampleEvent.ofPrince();
    private final SampleEvent weeks = SampleEvent.of("aretha");
    private final SampleEvent notUploaded = SampleEvent.ofPrince();
    private final SampleEvent stagedNotUploaded = SampleEvent.of("aretha");

    @Autowired
    private MeterRegistry meters;

    private JsonNode dryRun;
    private Map<SampleEvent, Boolean> sourcesAfterDryRun;
    private JsonNode purge;

    @BeforeAll
    void purge() throws Exception {
        connectToRedis();
        camel.getRouteController().stopRoute(SCHEDULE);
        List<SampleEvent> uploaded = List.of(old, young, ofBowie, staged, stagedYoung, days, gone, weeks);
        uploaded.forEach(this::drop);
        uploaded.forEach(event -> awaitExported(event.refId()));
        camel.getRouteController().suspendRoute(UPLOAD);
        List<SampleEvent> held = List.of(notUploaded, stagedNotUploaded);
        held.forEach(this::drop);
        held.forEach(event ->
                await().until(() -> get("/api/1/events/" + event.refId()).statusCode() == 200));

        Stream.of(old, ofBowie).forEach(event -> publishedAgo(event, Duration.ofHours(9)));
        publishedAgo(young, Duration.ofHours(7));
        publishedAgo(stagedYoung, Duration.ofHours(23));
        Stream.of(staged, notUploaded, stagedNotUploaded).forEach(event -> publishedAgo(event, Duration.ofHours(25)));
        Stream.of(days, gone, weeks).forEach(event -> publishedAgo(event, Duration.ofDays(20)));
        StagingArea.deleteTree(source(gone));

        dryRun = parse(post("/api/1/operations/purge?dry_run=true").body());
        sourcesAfterDryRun = Stream.of(old, days, weeks, staged)
                .collect(Collectors.toMap(event -> event, event -> Files.exists(source(event))));
        purge = parse(post("/api/1/operations/purge").body());
    }

    @AfterAll
    void goOn() throws Exception {
        camel.getRouteController().resumeRoute(UPLOAD);
        camel.getRouteController().startRoute(SCHEDULE);
    }

    @Test
    @DisplayName("P01 a source older than its lifespan with a recorded upload is deleted, a younger one is not")
    void lifespan() {
        assertThat(source(old)).doesNotExist();
        assertThat(source(young)).isDirectoryContaining("glob:**/Img");
    }

    @Test
    @DisplayName("P02 a source older than its lifespan without an upload is kept and reported")
    void withoutUpload() {
        assertThat(source(notUploaded)).exists();
        assertThat(items(purge.get("kept"), notUploaded))
                .hasSize(1)
                .allSatisfy(item -> assertThat(item.get("reason").textValue()).isEqualTo("not uploaded yet"));
    }

    @Test
    @DisplayName("P02 the gauge of overdue sources counts those that are kept for want of an upload")
    void overdueGauge() {
        Gauge overdue = meters.get("imaging.sources.overdue").gauge();
        assertThat(overdue.value()).isGreaterThanOrEqualTo(2);
        double before = overdue.value();

        publishedAgo(notUploaded, Duration.ofHours(7));
        try {
            assertThat(overdue.value()).isEqualTo(before - 1);
        } finally {
            publishedAgo(notUploaded, Duration.ofHours(25));
        }
    }

    @Test
    @DisplayName("P03 systems that are not to be deleted are never touched")
    void otherSystem() {
        assertThat(source(ofBowie)).exists();
        assertThat(items(purge.get("deleted"), ofBowie)).isEmpty();
        assertThat(items(purge.get("kept"), ofBowie)).hasSize(1);
    }

    @Test
    @DisplayName("P04 staging is deleted after its own lifespan, and only when uploaded")
    void staging() {
        assertThat(copyOf(staged)).doesNotExist();
        assertThat(copyOf(stagedYoung)).exists();
        assertThat(source(stagedYoung)).as("its source is 23 hours old").doesNotExist();
        assertThat(copyOf(stagedNotUploaded)).exists();
    }

    @Test
    @DisplayName("P05 what fell due weeks ago is deleted, and a folder that is gone already does not stop the run")
    void longOverdue() {
        assertThat(source(days)).doesNotExist();
        assertThat(source(weeks)).doesNotExist();
        assertThat(copyOf(weeks)).doesNotExist();
        JsonNode next = parse(post("/api/1/operations/purge").body());
        assertThat(List.of(days, gone, weeks)).allSatisfy(event -> assertThat(items(next.get("deleted"), event))
                .as("it is done")
                .isEmpty());
    }

    @Test
    @DisplayName("P06 the dry run lists what would go and deletes nothing")
    void dryRun() {
        assertThat(dryRun.get("dry_run").booleanValue()).isTrue();
        assertThat(List.of(old, days, weeks, staged))
                .allSatisfy(
                        event -> assertThat(items(dryRun.get("deleted"), event)).isNotEmpty());
        assertThat(items(dryRun.get("deleted"), young)).isEmpty();
        assertThat(sourcesAfterDryRun).doesNotContainValue(false);
        assertThat(purge.get("dry_run").booleanValue()).isFalse();
    }

    @Test
    @DisplayName("P06 events and the folder of the system survive")
    void foldersStay() {
        assertThat(events("prince")).isDirectory();
        assertThat(events("aretha")).isDirectory();
    }

    /** As if the event had entered the stream that long ago. */
    private void publishedAgo(SampleEvent event, Duration age) {
        int rows = sql.sql("update imaging_events set appended_at = ? where ref_id = ?")
                .params(OffsetDateTime.now(ZoneOffset.UTC).minus(age), event.refId())
                .update();
        assertThat(rows).isEqualTo(1);
    }

    private Path source(SampleEvent event) {
        return share(event.system()).resolve(event.imageDir());
    }

    private Path copyOf(SampleEvent event) {
        return share("staging").resolve("1706779800-" + event.refId().toString().substring(0, 6));
    }

    private static List<JsonNode> items(JsonNode list, SampleEvent event) {
        return StreamSupport.stream(list.spliterator(), false)
                .filter(item ->
                        item.get("ref_id").textValue().equals(event.refId().toString()))
                .toList();
    }
}
