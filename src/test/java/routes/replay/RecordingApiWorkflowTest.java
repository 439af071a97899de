package routes.replay;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What is recorded, what of it is kept, and what is deleted, over HTTP. */
@ExtendWith(OutputCaptureExtension.class)
class RecordingApiWorkflowTest extends ReplayWorkflow {

    @Test
    @DisplayName("RP104 where recording is switched off the status is finished, each time")
    void status() {
        assertThat(get("/status").body()).isEqualTo("\"finished\"");
        assertThat(get("/status").statusCode()).isEqualTo(200);
    }

    @Test
    @DisplayName("RX9 the catalogue tells of each source how much there is, of when and of what")
    void catalogue() {
        RecordedSource source = recorded("kitchen 1/2 ü");
        source.block(3);
        source.block(2);
        recorded("cat-2").block(1);

        JsonNode listed = parse(get("/sources")).path("sources");
        assertThat(listed.findValuesAsText("id"))
                .contains("cat-2", "kitchen 1/2 ü")
                .isSorted();

        recorded("kitchen ü").block(2);
        JsonNode one = parse(get("/sources/kitchen%20%C3%BC"));
        assertThat(one.path("id").asText()).isEqualTo("kitchen ü");
        assertThat(one.path("messages").asLong()).isEqualTo(2);
        assertThat(one.path("keyframes").asLong()).isEqualTo(1);
        assertThat(one.path("next_index").asLong()).isEqualTo(2);
        assertThat(one.path("bytes").asLong()).isPositive();
        assertThat(one.path("codecs").get(0).asText()).isEqualTo("h264");
        assertThat(one.path("messages_per_keyframe").asDouble()).isEqualTo(2);
        assertThat(Instant.parse(one.path("first_arrival").asText()))
                .isBeforeOrEqualTo(Instant.parse(one.path("last_arrival").asText()));
        assertThat(one.path("gaps").isArray()).isTrue();
        assertThat(one.path("limits").path("ttl").isNull()).isTrue();
        assertThat(get("/sources/nobody").statusCode()).isEqualTo(404);
        assertThat(get("/sources/cat-2?gap_ms=0").statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a/b",
                "rtsp://10.0.0.7:554/live?channel=1&x",
                "a\\b",
                "a%b",
                "a%2Fb",
                "a;b=c",
                ".",
                "..",
                "...",
                " x ",
                "+",
                "null",
                "${body}",
                "{id}",
                "[x]",
                "\"<>|^`",
                "line\nfeed",
                "ü💥",
                "keyframes",
                "#"
            })
    @DisplayName("CP9 a source of any name is read, limited, held and deleted with its id in the query")
    void anyName(String name) {
        recorded(name).block(3);
        String id = "?id=" + URLEncoder.encode(name, StandardCharsets.UTF_8);

        assertThat(parse(get("/source" + id)).path("id").asText()).isEqualTo(name);
        assertThat(parse(get("/source" + id + "&gap_ms=1")).path("messages").asLong())
                .isEqualTo(3);
        assertThat(parse(get("/source/keyframes" + id)).path("keyframes")).hasSize(1);
        assertThat(parse(send("PUT", "/source/limits" + id, "{'quota_bytes': 1000000}"))
                        .path("quota_bytes")
                        .asLong())
                .isEqualTo(1_000_000);
        assertThat(parse(get("/source/limits" + id)).path("quota_bytes").asLong())
                .isEqualTo(1_000_000);
        String request = json.createObjectNode()
                .put("source_id", name)
                .put("reason", "test")
                .toString();
        String hold = parse(post("/holds", request)).path("id").asText();
        assertThat(send("DELETE", "/source" + id, "").statusCode()).isEqualTo(409);
        assertThat(send("DELETE", "/holds/" + hold, "").statusCode()).isEqualTo(200);
        assertThat(parse(send("DELETE", "/source" + id, ""))
                        .path("deleted_bytes")
                        .asLong())
                .isPositive();
    }

    @Test
    @DisplayName("CP9 beside every operation on a source in the path stands the same one with its id in the query")
    void operationsByQuery() throws Exception {
        JsonNode paths = new YAMLMapper()
                .readTree(new ClassPathResource("openapi/replay.yaml").getInputStream())
                .path("paths");
        paths.fieldNames().forEachRemaining(path -> {
            if (path.startsWith("/sources/{id}")) {
                JsonNode other = paths.path(path.replace("/sources/{id}", "/source"));
                paths.path(path).fieldNames().forEachRemaining(method -> {
                    JsonNode own =
                            paths.path(path).path(method).path("parameters").deepCopy();
                    ((ObjectNode) own.get(0)).put("$ref", "#/components/parameters/source_in_query");
                    assertThat(other.path(method).path("parameters"))
                            .as(method + " " + path)
                            .isEqualTo(own);
                });
            }
        });
        assertThat(get("/source").statusCode()).isEqualTo(400);
        assertThat(get("/source?id=").statusCode()).isEqualTo(400);
        assertThat(get("/source?id=nobody").statusCode()).isEqualTo(404);
    }

    @Test
    @DisplayName("RX14 a source is deleted whole, its counter goes on, and the deletion is in the audit log")
    void deletes(CapturedOutput output) {
        RecordedSource source = recorded("gone\u001b[1m");
        source.block(3);

        JsonNode deleted = parse(send("DELETE", "/sources/gone%1B%5B1m", ""));

        assertThat(deleted.path("deleted_bytes").asLong()).isPositive();
        assertThat(stores.get().entry("gone\u001b[1m", 0)).isEmpty();
        source.block(1);
        assertThat(stores.get().entry("gone\u001b[1m", 3)).isPresent();
        assertThat(output)
                .contains("audit.replay")
                .contains("replay: anonymous deleted ")
                .contains(" bytes of gone [1m");
        assertThat(send("DELETE", "/sources/nobody", "").statusCode()).isEqualTo(404);
    }

    @Test
    @DisplayName("RX14 of a range only the blocks it touches are deleted")
    void deletesRange() {
        RecordedSource source = recorded("range");
        source.block(2);
        String middle = after();
        source.block(2);
        String late = after();
        source.block(2);

        JsonNode deleted = parse(send("DELETE", "/sources/range?from=" + middle + "&to=" + late, ""));

        assertThat(deleted.path("deleted_bytes").asLong()).isPositive();
        assertThat(stores.get().entry("range", 1)).isPresent();
        assertThat(stores.get().entry("range", 2)).isEmpty();
        assertThat(stores.get().entry("range", 3)).isEmpty();
        assertThat(stores.get().entry("range", 4)).isPresent();
        JsonNode again = parse(send("DELETE", "/sources/range?from=" + middle + "&to=" + late, ""));
        assertThat(again.path("deleted_bytes").asLong()).isZero();
        assertThat(send("DELETE", "/sources/range?from=" + late + "&to=" + middle, "")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    @DisplayName("RX13 what is held cannot be deleted until it is released")
    void holds() {
        RecordedSource source = recorded("held");
        source.block(2);

        HttpResponse<String> made = post("/holds", "{'source_id':'held','reason':'incident 4711'}");
        String id = parse(made).path("id").asText();

        assertThat(made.statusCode()).isEqualTo(200);
        assertThat(parse(made).path("to_index").isNull()).isTrue();
        assertThat(parse(get("/holds")).path("holds").findValuesAsText("id")).contains(id);
        HttpResponse<String> refused = send("DELETE", "/sources/held", "");
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(parse(refused).path("error").asText()).contains("incident 4711");
        assertThat(stores.get().entry("held", 0)).isPresent();

        assertThat(send("DELETE", "/holds/" + id, "").body()).isEqualTo("\"ok\"");
        assertThat(send("DELETE", "/holds/" + id, "").statusCode()).isEqualTo(404);
        assertThat(send("DELETE", "/sources/held", "").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'source_id':'hold-1'}",
                "{'source_id':'hold-1','reason':''}",
                "{'source_id':'hold-1','reason':'x','from':'yesterday'}",
                "{'source_id':'hold-1','reason':'x','to':'2999-01-01T00:00:00Z'}",
                "{'source_id':'hold-1','reason':'x','from':'2026-01-02T00:00:00Z','to':'2026-01-01T00:00:00Z'}"
            })
    @DisplayName("RX13 RX21 a wrong hold is a 400")
    void wrongHolds(String body) {
        recorded("hold-1").block(1);

        assertThat(post("/holds", body).statusCode()).isEqualTo(400);
    }

    @Test
    @DisplayName("RX13 RX21 a hold on nothing is a 422, on an unknown source a 404")
    void emptyHolds() {
        recorded("hold-2").block(1);

        assertThat(post("/holds", "{'source_id':'hold-2','reason':'x','to':'2020-01-01T00:00:00Z'}")
                        .statusCode())
                .isEqualTo(422);
        assertThat(post("/holds", "{'source_id':'nobody','reason':'x'}").statusCode())
                .isEqualTo(404);
    }

    @Test
    @DisplayName("RX13 limits of a source hold at once, and can be taken away")
    void limits(CapturedOutput output) {
        RecordedSource source = recorded("limited");
        for (int i = 0; i < 20; i++) {
            source.block(5);
        }
        long bytes = stores.get().source("limited").orElseThrow().bytes();

        JsonNode set = parse(send(
                "PUT",
                "/sources/limited/limits",
                "{'quota_bytes':%d,'ttl':{'secs':3600,'nanos':0}}".formatted(bytes / 2)));

        assertThat(set.path("quota_bytes").asLong()).isEqualTo(bytes / 2);
        assertThat(set.path("ttl").asText()).isEqualTo("PT1H");
        assertThat(stores.get().source("limited").orElseThrow().bytes()).isLessThanOrEqualTo(bytes / 2);
        assertThat(parse(get("/sources/limited/limits"))).isEqualTo(set);
        assertThat(output).contains("anonymous limited limited to ");
        JsonNode unset = parse(send("PUT", "/sources/limited/limits", "{}"));
        assertThat(unset.path("ttl").isNull()).isTrue();
        assertThat(unset.path("quota_bytes").isNull()).isTrue();
        for (String wrong : List.of("{'ttl':'-PT1H'}", "{'ttl':'soon'}", "{'quota_bytes':0}", "{'quota_bytes':'1'}")) {
            assertThat(send("PUT", "/sources/limited/limits", wrong).statusCode())
                    .as(wrong)
                    .isEqualTo(400);
        }
        assertThat(get("/sources/nobody/limits").statusCode()).isEqualTo(404);
    }

    /** A time after all that arrived, and before what will. */
    private static String after() {
        Instant now = Instant.now();
        await().until(() -> Instant.now().toEpochMilli() > now.toEpochMilli() + 2);
        return now.plusMillis(1).toString();
    }
}
