package routes.imaging;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import io.lettuce.core.ScriptOutputType;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import routes.imaging.event.inbox.EventInbox;

import static org.assertj.core.api.Assertions.assertThat;

/** The one list of what waits, was refused or is dead, and what an operator does about it, all over HTTP. */
class AttentionWorkflowTest extends ImagingWorkflow {

    private static final String LIST = "/api/1/attention";

    @Test
    @DisplayName(
            "CP18 an event that is an image short is listed with what it waits for and since when, until it is taken")
    void waitingEvent() {
        SampleEvent event = SampleEvent.ofPrince().with("img_count", 3).writeImages(share("prince"));
        event.writeFile(events("prince"));

        JsonNode item = awaitItem("waiting-event", event.fileName());

        assertThat(item.path("reason").asText()).contains("2 of 3");
        assertThat(Instant.parse(item.path("since").asText())).isBefore(Instant.now());
        assertThat(item.path("workflow").asText()).isEqualTo("imaging");
        assertThat(item.path("actions")).isEmpty();
        assertThat(shown(item).at("/details/until").asText()).isNotBlank();
        assertThat(requeue(item).statusCode()).isEqualTo(422);
        await().until(() -> item("waiting-event", event.fileName()).isEmpty());
        assertThat(get(pathOf(item)).statusCode()).isEqualTo(404);
    }

    @Test
    @DisplayName("CP18 CP20 an event that cannot be handled at the moment is listed with the reason while it is tried"
            + " again, and each attempt is one line of the log")
    void postponedEvent() throws IOException {
        SampleEvent event = SampleEvent.of("aretha").writeImages(share("aretha"));
        Path staging = Files.createDirectories(share("aretha").resolveSibling("staging"));
        Path aside = Files.move(staging, staging.resolveSibling(".staging-aside"));
        Files.writeString(staging, "not a folder");
        try (LogLines log = new LogLines()) {
            event.writeFile(events("aretha"));
            assertThat(awaitItem("waiting-event", event.fileName())
                            .path("reason")
                            .asText())
                    .contains("staging");
            assertThat(log.containing("Failed delivery"))
                    .isNotEmpty()
                    .allSatisfy(line -> assertThat(line.hasStackTrace()).isFalse())
                    .allSatisfy(line -> assertThat(line.message()).doesNotContain("\n"));
        } finally {
            Files.delete(staging);
            Files.move(aside, staging);
        }
        awaitExported(event.refId());
        assertThat(item("waiting-event", event.fileName())).isEmpty();
    }

    @Test
    @DisplayName("CP18 the folder of a system that is not configured is listed")
    void unknownSystem() throws IOException {
        Path folder = Files.createDirectories(share("ella").resolve("events"));
        try {
            JsonNode item = awaitItem("unknown-system", "ella");
            assertThat(item.path("reason").asText()).contains("imaging.systems");
            assertThat(item.path("actions")).isEmpty();
        } finally {
            Files.delete(folder);
            Files.delete(folder.getParent());
        }
        assertThat(item("unknown-system", "ella")).isEmpty();
    }

    @Test
    @DisplayName("CP18 CI10 a refused event is listed and shown, goes back when it is corrected, or away for good")
    void refusedEvent() throws IOException {
        SampleEvent event = SampleEvent.ofPrince().without("plate").writeImages(share("prince"));
        event.writeFile(events("prince"));

        JsonNode item = awaitItem("refused-event", event.fileName());

        assertThat(item.path("reason").asText()).contains("plate");
        assertThat(shown(item).at("/details/content").asText())
                .contains(event.refId().toString());
        Path refused = events("prince").resolve(".failed").resolve(event.fileName());
        Files.write(refused, event.with("plate", 7).json());
        assertThat(requeue(item).statusCode()).isEqualTo(200);
        assertThat(requeue(item).statusCode()).isEqualTo(404);
        awaitExported(event.refId());
        assertThat(Files.exists(EventInbox.explanationOf(refused))).isFalse();

        SampleEvent junk = SampleEvent.ofPrince().named("ünï %2F \u0001").without("plate");
        junk.writeFile(events("prince"));
        JsonNode other = awaitItem("refused-event", junk.refId().toString());
        assertThat(discard(other).statusCode()).isEqualTo(200);
        assertThat(discard(other).statusCode()).isEqualTo(404);
        assertThat(item("refused-event", junk.refId().toString())).isEmpty();
        assertThat(events("prince").resolve(".failed/discarded").resolve(junk.fileName()))
                .hasBinaryContent(junk.json());
    }

    @Test
    @DisplayName(
            "CP18 CI10 dead entries are listed with reason and group, shown with their fields, requeued, discarded")
    void deadEntries() {
        String mark = UUID.randomUUID().toString();
        String stream = imaging.streams().events();
        try (LogLines log = new LogLines()) {
            String id = redis.xadd(stream, Map.of("data", "{\"ref_id\": \"" + mark + "\"}"));
            await().until(() -> deadOnes(mark).size() == 2);
            await().until(() -> log.containing(id).size() == 2);
            assertThat(log.containing("Failed delivery")).isEmpty();
        }

        for (JsonNode item : deadOnes(mark)) {
            assertThat(item.path("reason").asText()).contains("experiment_id");
            assertThat(item.path("subject").asText()).containsAnyOf("export_event", "import_event");
            assertThat(shown(item).at("/details/dead.reason").asText()).contains("experiment_id");
        }
        JsonNode first = deadOnes(mark).get(0);
        assertThat(requeue(first).statusCode()).isEqualTo(200);
        assertThat(requeue(first).statusCode()).isEqualTo(404);
        await().until(() -> deadOnes(mark).size() == 2 && !deadOnes(mark).contains(first));
        assertThat(post("/api/1/operations/requeue-dead", Map.of("stream", stream))
                        .statusCode())
                .isEqualTo(200);
        await().until(() -> deadOnes(mark).size() == 2);

        for (JsonNode item : deadOnes(mark)) {
            assertThat(discard(item).statusCode()).isEqualTo(200);
            assertThat(discard(item).statusCode()).isEqualTo(404);
        }
        assertThat(deadOnes(mark)).isEmpty();
    }

    @Test
    @DisplayName("CP18 dead letters are listed under the workflow of their route, and the decision is theirs")
    void deadLetters() {
        long kept = deadLetter("an obstacle");
        long sent = deadLetter(null);

        JsonNode item = awaitItem("dead-letter", "Dead letter " + kept);
        assertThat(item.path("actions")).hasToString("[\"discard\"]");
        assertThat(shown(item).at("/details/url").asText()).isEqualTo("/api/1/dead-letters/" + kept);
        assertThat(requeue(item).statusCode()).isEqualTo(422);
        assertThat(discard(item).statusCode()).isEqualTo(200);
        assertThat(discard(item).statusCode()).isEqualTo(404);
        assertThat(parse(get("/api/1/dead-letters/" + kept).body())
                        .path("status")
                        .asText())
                .isEqualTo("discarded");

        JsonNode again = awaitItem("dead-letter", "Dead letter " + sent);
        assertThat(requeue(again).statusCode()).isEqualTo(200);
        await().until(() -> parse(get("/api/1/dead-letters/" + sent).body())
                .path("status")
                .asText()
                .equals("requeued"));
        assertThat(requeue(again).statusCode()).isEqualTo(404);
    }

    @Test
    @DisplayName("CP18 a source that retention keeps is listed with its reason, until it is gone or in its object")
    void keptSource() {
        SampleEvent event = drop(SampleEvent.of("bowie"));
        awaitExported(event.refId());
        keepBecause(event, "an image came later");

        JsonNode item = awaitItem("kept-source", event.imageDir());

        assertThat(item.path("reason").asText()).isEqualTo("an image came later");
        assertThat(item.path("actions")).isEmpty();
        assertThat(shown(item).at("/details/url").asText()).isEqualTo("/api/1/events/" + event.refId());
        keepBecause(event, null);
        assertThat(item("kept-source", event.imageDir())).isEmpty();
        assertThat(get(pathOf(item)).statusCode()).isEqualTo(404);
    }

    private void keepBecause(SampleEvent event, String reason) {
        sql.sql("update src_dir_info set source_kept_because = ? where imaging_event_id ="
                        + " (select id from imaging_events where ref_id = ?)")
                .param(reason)
                .param(event.refId())
                .update();
    }

    @Test
    @DisplayName("CP18 100,000 dead entries are counted, and listed by bounded pages, newest first")
    void manyItems() {
        String dead = imaging.streams().exports() + ":dead";
        redis.eval(
                "for i = 1, 100000 do redis.call('XADD', KEYS[1], '*', 'data', i) end", ScriptOutputType.STATUS, dead);
        try {
            JsonNode page = parse(get(LIST + "?workflow=imaging&limit=500").body());

            assertThat(page.path("count").asLong()).isGreaterThanOrEqualTo(100_000);
            assertThat(page.path("items")).hasSize(500);
            List<Instant> times = itemsOf(page).stream()
                    .map(item -> Instant.parse(item.path("since").asText()))
                    .toList();
            assertThat(times).isSortedAccordingTo((a, b) -> b.compareTo(a));
            assertThat(parse(get(LIST + "?limit=10&offset=999000").body()).path("items"))
                    .isEmpty();
        } finally {
            redis.del(dead);
        }
    }

    @Test
    @DisplayName("CP18 what is wrong with a request is said, and what is not on the list is a 404")
    void refusedRequests() {
        assertThat(get(LIST + "?limit=0").statusCode()).isEqualTo(422);
        assertThat(get(LIST + "?offset=-1").statusCode()).isEqualTo(422);
        assertThat(get(LIST + "?workflow=%25").statusCode()).isEqualTo(422);
        assertThat(itemsOf(parse(get(LIST + "?workflow=cameras").body()))).isEmpty();
        assertThat(List.of(
                        "nonsense",
                        "imaging-refused-event.",
                        "imaging-refused-event.***",
                        "imaging-refused-event.cHJpbmNlLy4uL3guanNvbg",
                        "imaging-dead-event.eHh4",
                        "dead-letter.LTE"))
                .allSatisfy(id -> {
                    assertThat(get(LIST + "/" + id).statusCode()).isEqualTo(404);
                    assertThat(post(LIST + "/" + id + "/requeue").statusCode()).isEqualTo(404);
                    assertThat(post(LIST + "/" + id + "/discard").statusCode()).isEqualTo(404);
                });
    }

    private JsonNode awaitItem(String kind, String subject) {
        return await().until(() -> item(kind, subject), Optional::isPresent).orElseThrow();
    }

    private Optional<JsonNode> item(String kind, String subject) {
        return items().stream()
                .filter(item -> item.path("kind").asText().equals(kind))
                .filter(item -> item.path("subject").asText().contains(subject))
                .findFirst();
    }

    private List<JsonNode> items() {
        HttpResponse<String> answer = get(LIST + "?workflow=imaging&limit=500");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonNode page = parse(answer.body());
        assertThat(page.path("unavailable")).isEmpty();
        return itemsOf(page);
    }

    private static List<JsonNode> itemsOf(JsonNode page) {
        return StreamSupport.stream(page.path("items").spliterator(), false).toList();
    }

    private List<JsonNode> deadOnes(String mark) {
        return items().stream()
                .filter(item -> item.path("kind").asText().equals("dead-entry"))
                .filter(item -> shown(item).at("/details/data").asText().contains(mark))
                .toList();
    }

    private JsonNode shown(JsonNode item) {
        return parse(get(pathOf(item)).body());
    }

    private HttpResponse<String> requeue(JsonNode item) {
        return post(pathOf(item) + "/requeue");
    }

    private HttpResponse<String> discard(JsonNode item) {
        return post(pathOf(item) + "/discard");
    }

    private static String pathOf(JsonNode item) {
        assertThat(item.path("id").asText()).matches("[A-Za-z0-9._-]+");
        return LIST + "/" + item.path("id").asText();
    }

    private long deadLetter(String obstacle) {
        sql.sql(
                        """
                        insert into dead_letter (route_id, failed_route_id, exception, reason, permanent, exchange_id,
                            correlation_id, body_type, body_size, headers, obstacle, node, failed_at, changed_at)
                        values ('imaging-report-overdue', 'imaging-report-overdue', 'java.io.IOException', 'disk is slow', false,
                            'e', 'c', 'none', 0, '{}', ?, 'test', current_timestamp, current_timestamp)
                        """)
                .param(obstacle)
                .update();
        return sql.sql("select max(id) from dead_letter").query(Long.class).single();
    }
}
