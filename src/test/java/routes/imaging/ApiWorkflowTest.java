package routes.imaging;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ApiWorkflowTest extends ImagingWorkflow {

    private static final Instant TIMESTAMP = Instant.parse("2022-03-01T09:30:00Z");

    private RecordedRows rows;

    @BeforeEach
    void rows() {
        rows = new RecordedRows(sql);
    }

    @Test
    @DisplayName("A01 O06 health answers 204, ready while all consumers run, and not when one is gone")
    void health() throws Exception {
        assertThat(get("/health").statusCode()).isEqualTo(204);
        assertThat(get("/health").body()).isEmpty();
        await().until(() -> get("/health/ready").statusCode() == 204);
        camel.getRouteController().stopRoute("imaging-record-export");
        try {
            await().until(() -> get("/health/ready").statusCode() == 503);
        } finally {
            camel.getRouteController().startRoute("imaging-record-export");
        }
        await().until(() -> get("/health/ready").statusCode() == 204);
    }

    @Test
    @DisplayName("A02 the page and the contract are served, and list every endpoint")
    void documentation() {
        assertThat(get("/docs").statusCode()).isEqualTo(200);
        JsonNode paths = parse(get("/openapi.json").body()).path("paths");
        assertThat(paths.fieldNames())
                .toIterable()
                .contains(
                        "/health",
                        "/api/1/exports",
                        "/api/1/archives",
                        "/api/1/archives/{id}",
                        "/api/1/daily-stats",
                        "/api/1/events",
                        "/api/1/events/{ref_id}",
                        "/api/1/operations/re-upload/{ref_id}");
    }

    @Test
    @DisplayName("A03 without parameters: stitches of the last 24 hours")
    void exportsByDefault() {
        UUID recent = export("default", Instant.now().minusSeconds(3600));
        UUID old = export("default", Instant.now().minusSeconds(90_000));

        List<String> listed = refIds(parse(get("/api/1/exports").body()));

        assertThat(listed).contains(recent.toString()).doesNotContain(old.toString());
    }

    @Test
    @DisplayName("A03 start and end are exclusive; type, experiment and system filter")
    void exportsByFilter() {
        String experiment = "filter-" + UUID.randomUUID();
        Instant uploaded = Instant.parse("2022-03-01T10:00:00Z");
        String refId = export(experiment, uploaded).toString();
        String query = "/api/1/exports?experiment_id=" + experiment;

        assertThat(refIds(query + "&start=2022-03-01T09:59:59Z&end=2022-03-01T10:00:01Z"))
                .containsExactly(refId);
        assertThat(refIds(query + "&start=2022-03-01T10:59:59+01:00&end=2022-03-01T10:00:01Z"))
                .containsExactly(refId);
        assertThat(refIds(query + "&start=2022-03-01T10:00:00Z&end=2022-03-01T10:00:01Z"))
                .isEmpty();
        assertThat(refIds(query + "&start=2022-03-01T09:59:59Z&end=2022-03-01T10:00:00Z"))
                .isEmpty();
        assertThat(refIds(query + "&start=2022-03-01T09:59:59Z&event_type=video"))
                .isEmpty();
        assertThat(refIds(query + "&start=2022-03-01T09:59:59Z&system=aretha")).isEmpty();
        assertThat(refIds(query + "&start=2022-03-01T09:59:59Z&system=prince")).containsExactly(refId);
    }

    @Test
    @DisplayName("A04 pages walk through all exports exactly once, also those of the same moment")
    void pages() {
        String experiment = "pages-" + UUID.randomUUID();
        Instant uploaded = Instant.parse("2022-03-01T10:00:00Z");
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            all.add(export(experiment, uploaded).toString());
        }

        List<String> walked = new ArrayList<>();
        for (int offset = 0; offset < 9; offset += 3) {
            JsonNode page = parse(get("/api/1/exports?start=2022-01-01T00:00:00Z&limit=3&experiment_id=" + experiment
                            + "&offset=" + offset)
                    .body());
            assertThat(page.path("count").asInt()).isEqualTo(7);
            walked.addAll(refIds(page));
        }

        assertThat(walked).containsExactlyInAnyOrderElementsOf(all);
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("A05 A08 wrong parameters give 422 and name the parameter")
    @CsvSource({
        "/api/1/exports?limit=0, query, limit",
        "/api/1/exports?limit=-1, query, limit",
        "/api/1/exports?limit=501, query, limit",
        "/api/1/exports?limit=many, query, limit",
        "/api/1/exports?offset=-1, query, offset",
        "/api/1/exports?start=2024-02-01T00:00:00, query, start",
        "/api/1/exports?end=yesterday, query, end",
        "/api/1/exports?event_type=overview, query, event_type",
        "/api/1/archives?limit=101, query, limit",
        "/api/1/daily-stats?days=0, query, days",
        "/api/1/daily-stats?days=91, query, days",
        "/api/1/events?state=lost, query, state",
        "/api/1/events/nonsense, path, ref_id",
        "/api/1/archives/nonsense, path, id"
    })
    void wrongParameters(String path, String in, String name) {
        HttpResponse<String> answer = get(path);

        assertThat(answer.statusCode()).isEqualTo(422);
        JsonNode detail = parse(answer.body()).path("detail").path(0);
        assertThat(detail.path("loc").path(0).asText()).isEqualTo(in);
        assertThat(detail.path("loc").path(1).asText()).isEqualTo(name);
        assertThat(detail.path("msg").asText()).isNotEmpty();
        assertThat(detail.path("type").asText()).isNotEmpty();
    }

    @Test
    @DisplayName("A03 exports come as CSV too, by parameter or by Accept, with their number in a header")
    void csv() {
        String experiment = "csv-" + UUID.randomUUID();
        List<String> all = List.of(
                export(experiment, Instant.parse("2022-03-01T10:00:00Z")).toString(),
                export(experiment, Instant.parse("2022-03-01T10:00:01Z")).toString());
        String query = "/api/1/exports?start=2022-01-01T00:00:00Z&limit=1&experiment_id=" + experiment;

        HttpResponse<String> first = get(query + "&format=csv");
        HttpResponse<String> second =
                send(HttpRequest.newBuilder(uri(query + "&offset=1")).header("Accept", "text/csv"));

        assertThat(List.of(first, second)).allSatisfy(answer -> {
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/csv");
            assertThat(answer.headers().firstValue("X-Total-Count")).hasValue("2");
            assertThat(answer.body().lines()).hasSize(2);
            assertThat(answer.body())
                    .startsWith("id,ref_id,experiment_id,timestamp,type,system,key,size,checksum,url,expires_at,"
                            + "uploaded_at\r\n");
        });
        assertThat(first.body()).contains(all.get(0));
        assertThat(second.body()).contains(all.get(1));
        assertThat(send(HttpRequest.newBuilder(uri(query + "&format=json")).header("Accept", "text/csv"))
                        .headers()
                        .firstValue("Content-Type")
                        .orElse(""))
                .startsWith("application/json");
    }

    @Test
    @DisplayName("A07 A08 A10 archives list their members; an archive of two experiments shows the one of the most")
    void archives() {
        String most = "most-" + UUID.randomUUID();
        String other = "other-" + UUID.randomUUID();
        UUID archive = archive(List.of(export(most, TIMESTAMP), export(most, TIMESTAMP), export(other, TIMESTAMP)));

        JsonNode listed = parse(get("/api/1/archives?experiment_id=" + most).body());

        assertThat(listed.path("count").asInt()).isEqualTo(1);
        JsonNode summary = listed.path("data").path(0);
        assertThat(summary.path("id").asText()).isEqualTo(archive.toString());
        assertThat(summary.path("member_count").asInt()).isEqualTo(3);
        assertThat(summary.path("experiment_id").asText()).isEqualTo(most);
        assertThat(summary.path("url").asText()).isEqualTo("/api/1/archives/" + archive);
        assertThat(parse(get("/api/1/archives?event_type=video&experiment_id=" + most)
                                .body())
                        .path("count")
                        .asInt())
                .isZero();
        JsonNode shown = parse(get("/api/1/archives/" + archive).body());
        assertThat(shown.path("members")).hasSize(3);
        assertThat(parse(get("/api/1/archives/" + archive.toString().replace("-", ""))
                                .body())
                        .path("members"))
                .isEqualTo(shown.path("members"));
        assertThat(parse(get("/api/1/events/"
                                        + shown.path("members")
                                                .path(0)
                                                .path("ref_id")
                                                .asText())
                                .body())
                        .path("state")
                        .asText())
                .isEqualTo("archived");
    }

    @Test
    @DisplayName("A08 what does not exist gives 404 with the original's words")
    void notFound() {
        for (String path : List.of("/api/1/archives/" + UUID.randomUUID(), "/api/1/events/" + UUID.randomUUID())) {
            HttpResponse<String> answer = get(path);
            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(parse(answer.body()).path("detail").asText()).isEqualTo("item not found");
        }
        assertThat(get("/api/1/nothing").statusCode()).isEqualTo(404);
        assertThat(post("/api/1/exports").statusCode()).isEqualTo(405);
    }

    @Test
    @DisplayName("A09 the daily numbers are at most seven days, newest first, by the day of the event in UTC")
    void dailyStats() {
        // In the future, hence the newest, whatever other tests record
        Instant lateInTheDay = Instant.parse("2199-12-30T23:59:59Z");
        for (int day = 0; day < 8; day++) {
            rows.event(UUID.randomUUID(), "stats", lateInTheDay.minusSeconds(86_400L * day));
        }
        UUID twice = UUID.randomUUID();
        rows.export(rows.event(twice, "stats", lateInTheDay), keyOf("stats", twice), TIMESTAMP);
        archive(List.of(twice));
        archive(List.of(twice));

        JsonNode days = parse(get("/api/1/daily-stats").body());

        assertThat(days).hasSize(7);
        assertThat(days.path(0))
                .isEqualTo(parse("{\"date\": \"2199-12-30\", \"event_count\": 2, \"export_count\": 1,"
                        + " \"archive_count\": 1}"));
        assertThat(days.path(1).path("date").asText()).isEqualTo("2199-12-29");
        assertThat(parse(get("/api/1/daily-stats?days=1").body())).hasSize(1);
    }

    @Test
    @DisplayName("A10 an event is shown as imported, then as exported")
    void states() {
        UUID refId = UUID.randomUUID();
        UUID event = rows.event(refId, "states", TIMESTAMP);
        JsonNode imported = event(refId);
        assertThat(imported.path("state").asText()).isEqualTo("imported");
        assertThat(imported.path("export").isNull()).isTrue();
        assertThat(imported.path("archives")).isEmpty();

        rows.export(event, keyOf("states", refId), TIMESTAMP);

        JsonNode exported =
                parse(get("/api/1/events/" + refId.toString().replace("-", "")).body());
        assertThat(exported.path("state").asText()).isEqualTo("exported");
        assertThat(exported.path("export").path("key").asText()).isEqualTo(keyOf("states", refId));
    }

    @Test
    @DisplayName("A10 events can be listed by their state")
    void eventsByState() {
        String experiment = "stuck-" + UUID.randomUUID();
        UUID stuck = UUID.randomUUID();
        rows.event(stuck, experiment, TIMESTAMP);
        String exported = export(experiment, TIMESTAMP).toString();
        String query = "/api/1/events?experiment_id=" + experiment + "&state=";

        assertThat(refIds(query + "imported")).containsExactly(stuck.toString());
        assertThat(refIds(query + "exported")).containsExactly(exported);
        assertThat(refIds(query + "archived")).isEmpty();
    }

    @Test
    @DisplayName("A11 the name of the original's proxy is accepted as host, a foreign one is not")
    void hosts() throws Exception {
        assertThat(statusForHost("fastapi.localhost")).contains(" 200");
        assertThat(statusForHost("evil.example")).doesNotContain(" 200");
    }

    /** By hand, since HTTP clients do not let one choose this header. */
    private String statusForHost(String host) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream()
                    .write(("GET /api/1/daily-stats HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
        }
    }

    private UUID export(String experiment, Instant uploadedAt) {
        UUID refId = UUID.randomUUID();
        rows.export(rows.event(refId, experiment, TIMESTAMP), keyOf(experiment, refId), uploadedAt);
        return refId;
    }

    private UUID archive(List<UUID> members) {
        UUID archive = UUID.randomUUID();
        sql.sql("insert into data_archive_entries (id, path, created_at, updated_at)"
                        + " values (?, ?, current_timestamp, current_timestamp)")
                .params(archive, "images/" + archive + ".tar")
                .update();
        for (UUID member : members) {
            sql.sql("insert into data_archive_members (id, data_archive_entry_id, member_key, src_key, created_at,"
                            + " updated_at) select ?, ?, 'x.tar', o.\"key\", current_timestamp, current_timestamp from"
                            + " object_store_entries o join imaging_events e on e.id = o.imaging_event_id"
                            + " where e.ref_id = ?")
                    .params(UUID.randomUUID(), archive, member)
                    .update();
        }
        return archive;
    }

    private String keyOf(String experiment, UUID refId) {
        return imaging.bucket() + "/images/" + experiment + "/20220301/" + refId + ".tar";
    }

    private List<String> refIds(String path) {
        return refIds(parse(get(path).body()));
    }

    private static List<String> refIds(JsonNode page) {
        List<String> refIds = new ArrayList<>();
        page.path("data").forEach(item -> refIds.add(item.path("ref_id").asText()));
        return refIds;
    }
}
