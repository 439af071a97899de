package routes.imaging;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import io.lettuce.core.Range;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What waits as files while nobody reads bowie's events. */
class BacklogWorkflowTest extends ImagingWorkflow {

    private static final String ROUTE = "imaging-ingest-bowie";

    @BeforeEach
    void stopReading() throws Exception {
        camel.getRouteController().stopRoute(ROUTE);
    }

    @AfterEach
    void readAgain() throws Exception {
        camel.getRouteController().startRoute(ROUTE);
    }

    @Test
    @DisplayName("I11 I20 500 files of 30 days ago present at start give 500 entries in the order of their timestamps")
    void presentAtStart() throws Exception {
        Instant start = Instant.parse("2024-03-01T00:00:00Z");
        List<SampleEvent> events = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            events.add(SampleEvent.of("bowie")
                    .with("timestamp", start.plusSeconds(i).toString())
                    .with("img_dir", "shared-by-500")
                    .images(0, 0));
        }
        List<String> inOrder =
                events.stream().map(event -> event.refId().toString()).toList();
        events.get(0).writeImages(share("bowie"));
        Collections.shuffle(events, new Random(7));
        events.forEach(event -> writeLongAgo(event));

        camel.getRouteController().startRoute(ROUTE);

        Set<String> wanted = new HashSet<>(inOrder);
        await().until(() -> publishedOf(wanted).size() >= 500);
        assertThat(publishedOf(wanted)).isEqualTo(inOrder);
        await().until(() ->
                events.stream().noneMatch(event -> Files.exists(events("bowie").resolve(event.fileName()))));
    }

    @Test
    @DisplayName("I21 the backlog of a span is published, the start inclusive and the end not, and of no other system")
    void span() {
        SampleEvent before = waiting("bowie", "2019-05-01T09:59:59Z");
        SampleEvent first = waiting("bowie", "2019-05-01T10:00:00Z");
        SampleEvent last = waiting("bowie", "2019-05-01T12:59:59+02:00");
        SampleEvent after = waiting("bowie", "2019-05-01T11:00:00Z");

        JsonNode answer = ingestBacklog("2019-05-01T10:00:00Z", "2019-05-01T11:00:00Z", "bowie");

        assertThat(answer.get("accepted").intValue()).isEqualTo(2);
        assertThat(List.of(first, last)).allSatisfy(event -> {
            assertThat(published(event.refId())).hasSize(1);
            assertThat(events("bowie").resolve(event.fileName())).doesNotExist();
        });
        assertThat(List.of(before, after)).allSatisfy(event -> {
            assertThat(published(event.refId())).isEmpty();
            assertThat(events("bowie").resolve(event.fileName())).exists();
        });

        List.of(first, last).forEach(event -> awaitExported(event.refId()));
        assertThat(ingestBacklog("2019-05-01T10:00:00Z", "2019-05-01T11:00:00Z", "prince")
                        .get("accepted")
                        .intValue())
                .isZero();
        assertThat(ingestBacklog("2019-05-01T10:00:00Z", "2019-05-01T11:00:00Z", "bowie")
                        .get("accepted")
                        .intValue())
                .as("events that are recorded already are published again")
                .isEqualTo(2);
        assertThat(published(first.refId())).hasSize(2);
    }

    private SampleEvent waiting(String system, String timestamp) {
        return drop(SampleEvent.of(system).with("timestamp", timestamp));
    }

    private JsonNode ingestBacklog(String start, String end, String system) {
        var answer = post("/api/1/operations/ingest-backlog", Map.of("start", start, "end", end, "system", system));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return parse(answer.body());
    }

    private void writeLongAgo(SampleEvent event) {
        try {
            event.writeFile(events(event.system()));
            Path file = events(event.system()).resolve(event.fileName());
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofDays(30))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ids in the order of the stream. */
    private List<String> publishedOf(Set<String> refIds) {
        return redis.xrange(imaging.streams().events(), Range.unbounded()).stream()
                .map(entry -> entry.getBody().get("data"))
                .filter(data -> data != null && data.contains("shared-by-500"))
                .map(data -> parse(data).get("ref_id").textValue())
                .filter(refIds::contains)
                .toList();
    }
}
