package routes.replay;

import java.math.BigInteger;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import routes.component.framestore.api.EntryInfo;
import routes.component.framestore.api.EntryKind;
import routes.component.framestore.api.NewEntry;

import static org.assertj.core.api.Assertions.assertThat;

/** Keyframes over HTTP. Frames are 10 ms apart, the first at 2026-01-01T00:00:00Z. */
class KeyframeApiWorkflowTest extends ReplayWorkflow {

    /** 2026-01-01T00:00:00Z in Unix seconds. */
    private static final long EPOCH = 1_767_225_600L;

    @Test
    @DisplayName("RP54 RP55 RP58 keyframes are found oldest first, at most as many as asked, in the original's shape")
    void finds() {
        RecordedSource source = recorded("find");
        for (int i = 0; i < 5; i++) {
            source.block(1);
        }

        HttpResponse<String> found =
                post("/keyframes/find", "{'source_id':'find','from':%d,'to':null,'limit':2}".formatted(EPOCH));

        assertThat(found.statusCode()).isEqualTo(200);
        assertThat(found.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(found.body())
                .isEqualTo("{\"keyframes\":[\"find\",[\"%s\",\"%s\"]]}"
                        .formatted(RecordedSource.id(0), RecordedSource.id(1)));
    }

    @ParameterizedTest
    @CsvSource({"102,,101,200", "201,,200,200", ",-2,0,-1", ",-1,0,0", ",0,0,1", "50,60,49,61"})
    @DisplayName("RP55 RP57 the window is a second wider at both ends, boundary milliseconds included")
    void window(Integer from, Integer to, int first, int last) throws Exception {
        // one each second from 0 to 200
        String name = "window-" + from + "-" + to;
        stores.get()
                .append(LongStream.rangeClosed(0, 200)
                        .mapToObj(second -> keyframe(name, second * 100))
                        .toList())
                .get();
        String body = "{'source_id':'%s','from':%s,'to':%s,'limit':1000}"
                .formatted(name, from == null ? "null" : EPOCH + from, to == null ? "null" : EPOCH + to);

        assertThat(uuids(post("/keyframes/find", body)))
                .isEqualTo(LongStream.rangeClosed(first, last)
                        .mapToObj(second -> RecordedSource.id(second * 100).toString())
                        .toList());
    }

    @Test
    @DisplayName("RP56 without bounds all is found up to now; an unknown source has nothing, with 200")
    void everything() {
        recorded("all").block(1);

        assertThat(uuids(post("/keyframes/find", "{'source_id':'all','limit':10}")))
                .hasSize(1);
        HttpResponse<String> unknown = post("/keyframes/find", "{'source_id':'nobody','limit':10}");
        assertThat(unknown.statusCode()).isEqualTo(200);
        assertThat(unknown.body()).isEqualTo("{\"keyframes\":[\"nobody\",[]]}");
    }

    @Test
    @DisplayName("RP55 more keyframes than a page of the store come in one answer, each once")
    void many() throws Exception {
        stores.get()
                .append(LongStream.range(0, 10_001)
                        .mapToObj(number -> keyframe("many", number))
                        .toList())
                .get();

        List<String> found = uuids(post("/keyframes/find", "{'source_id':'many','limit':18446744073709551615}"));

        assertThat(found).hasSize(10_001).doesNotHaveDuplicates().isSorted();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'source_id':'a','from':-1,'limit':1}",
                "{'source_id':'a','limit':0}",
                "{'source_id':'a'}",
                "{'limit':1}",
                "{'source_id':7,'limit':1}",
                "{'source_id':'a','limit':1.5}",
                "{'source_id':'a','limit':1} x",
                "[]",
                "no json"
            })
    @DisplayName("RP55 RX21 a wrong search is answered with 400, problem details and the original's error text")
    void wrongSearch(String body) {
        HttpResponse<String> answer = post("/keyframes/find", body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        JsonNode problem = parse(answer);
        assertThat(problem.path("status").asInt()).isEqualTo(400);
        assertThat(problem.path("title").asText()).isEqualTo("Bad Request");
        assertThat(problem.path("error").asText()).startsWith("body");
        assertThat(problem.path("detail").get(0).path("loc").get(0).asText()).isEqualTo("body");
    }

    @Test
    @DisplayName("RP59 RP60 native: the stored envelope and each data frame as a part, byte for byte")
    void fetchesNative() {
        RecordedSource source = recorded("native");
        source.block(2);
        UUID uuid = RecordedSource.id(0);

        HttpResponse<String> answer = get("/keyframe/" + uuid + "?source_id=native");
        String type = answer.headers().firstValue("Content-Type").orElseThrow();
        String body = new String(
                download("/keyframe/" + uuid + "?source_id=native&metadata_format=native"),
                StandardCharsets.ISO_8859_1);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(type).matches("multipart/mixed; ?boundary=savant-frame-[0-9a-f]{32}");
        byte[] stored = stores.get().entry("native", 0).orElseThrow().parts().get(0);
        assertThat(body.split("\r\n")[0]).matches("--savant-frame-[0-9a-f]{32}");
        assertThat(body)
                .contains("Content-Type: application/x-protobuf\r\n"
                        + "Content-Disposition: inline; name=\"metadata\"\r\n"
                        + "Content-Length: " + stored.length + "\r\n\r\n"
                        + new String(stored, StandardCharsets.ISO_8859_1) + "\r\n--")
                .contains("Content-Type: application/octet-stream\r\n"
                        + "Content-Disposition: inline; name=\"data\"; index=\"0\"\r\n"
                        + "Content-Length: 9\r\n\r\npicture 0\r\n--savant-frame-")
                .endsWith("--\r\n");
    }

    @Test
    @DisplayName("RP59 RP62 json: the frame with its listed keys and its true creation time")
    void fetchesJson() {
        recorded("json").block(1);

        JsonNode frame = metadata(get("/keyframe/" + RecordedSource.id(0) + "?source_id=json&metadata_format=json"));

        assertThat(frame.path("uuid").asText()).isEqualTo(RecordedSource.id(0).toString());
        assertThat(frame.path("type").asText()).isEqualTo("VideoFrame");
        assertThat(frame.path("source_id").asText()).isEqualTo("json");
        assertThat(frame.path("creation_timestamp_ns").asText()).isEqualTo("1767225600000000000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.14.7", "1.99.0"})
    @DisplayName("RP51 frames of another release stay readable, and are handed out as they came")
    void otherVersions(String version) throws Exception {
        String name = "version-" + version;
        RecordedSource source = recorded(name);
        byte[] message = SavantSamples.message1()
                .setProtocolVersion(version)
                .setVideoFrame(source.frame(0).setKeyframe(true))
                .build()
                .toByteArray();
        EntryInfo info = new EntryInfo(name, EntryKind.KEYFRAME, RecordedSource.id(0), BigInteger.TEN, null);
        stores.get()
                .append(List.of(new NewEntry(info, new byte[0], List.of(message))))
                .get();

        JsonNode frame =
                metadata(get("/keyframe/" + RecordedSource.id(0) + "?source_id=" + name + "&metadata_format=json"));

        assertThat(frame.path("version").asText()).isEqualTo(version);
    }

    @Test
    @DisplayName("RP60 UUIDs are taken hyphenated, simple, in braces and as URN, in upper case too")
    void formsOfUuid() {
        recorded("forms").block(1);
        String uuid = RecordedSource.id(0).toString();
        for (String form :
                List.of(uuid, uuid.toUpperCase(), uuid.replace("-", ""), "%7B" + uuid + "%7D", "urn:uuid:" + uuid)) {
            assertThat(get("/keyframe/" + form + "?source_id=forms").statusCode())
                    .as(form)
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "not-a-uuid,?source_id=fetch,400,Invalid UUID format",
        "not-a-uuid,?source_id=,400,Invalid UUID format",
        "019b76da-a800-7000-8000-000000000000,?source_id=,400,Invalid parameter",
        "019b76da-a800-7000-8000-000000000000,'',400,",
        "019b76da-a800-7000-8000-000000000000,?source_id=fetch&metadata_format=xml,400,",
        "019b76da-a800-7000-8000-000000000000,?source_id=elsewhere,404,",
        "019b76da-a80a-7000-8000-000000000001,?source_id=fetch,404,",
        "019b76da-ffff-7000-8000-000000000001,?source_id=fetch,404,"
    })
    @DisplayName("RP61 wrong fetches: bad UUID 400, empty source 400, other source, no keyframe, unknown 404")
    void wrongFetches(String uuid, String query, int status, String error) {
        recorded("fetch").block(2);

        HttpResponse<String> answer = get("/keyframe/" + uuid + query);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(parse(answer).path("error").asText()).isNotBlank();
        if (error != null) {
            assertThat(parse(answer).path("error").asText()).isEqualTo(error);
            assertThat(parse(answer).path("details").asText()).isNotBlank();
        }
    }

    @Test
    @DisplayName("RX21 what cannot be shown as JSON is a 422, and still there as it came")
    void undecodable() throws Exception {
        EntryInfo info = new EntryInfo("odd", EntryKind.KEYFRAME, RecordedSource.id(0), BigInteger.TEN, null);
        stores.get()
                .append(List.of(new NewEntry(info, new byte[0], List.of(new byte[] {1, 2, 3}))))
                .get();
        String path = "/keyframe/" + RecordedSource.id(0) + "?source_id=odd";

        assertThat(get(path + "&metadata_format=json").statusCode()).isEqualTo(422);
        assertThat(get(path).statusCode()).isEqualTo(200);
    }

    @Test
    @DisplayName("RX9 pages of keyframes join without gap or repetition, and know the millisecond")
    void pages() {
        RecordedSource source = recorded("pages");
        for (int i = 0; i < 7; i++) {
            source.block(1);
        }
        List<String> all = new ArrayList<>();
        String cursor = "";
        for (int page = 0; page < 3; page++) {
            HttpResponse<String> response = get("/sources/pages/keyframes?limit=3" + cursor);
            assertThat(response.statusCode()).isEqualTo(200);
            JsonNode answer = parse(response);
            answer.path("keyframes")
                    .forEach(keyframe -> all.add(keyframe.path("uuid").asText()));
            cursor = "&cursor=" + answer.path("next").asText();
        }
        JsonNode some =
                parse(get("/sources/pages/keyframes?from=2026-01-01T00:00:00.010Z&to=2026-01-01T00:00:00.030Z"));

        assertThat(all).hasSize(7).isSorted().doesNotHaveDuplicates();
        assertThat(cursor).isEqualTo("&cursor=null");
        assertThat(some.path("keyframes")).hasSize(3);
        assertThat(some.path("keyframes").get(0).path("time").asText()).isEqualTo("2026-01-01T00:00:00.010Z");
        assertThat(some.path("keyframes").get(0).path("index").asLong()).isEqualTo(1);
        assertThat(some.path("next").isNull()).isTrue();
        assertThat(get("/sources/pages/keyframes?cursor=x").statusCode()).isEqualTo(400);
        assertThat(get("/sources/pages/keyframes?limit=0").statusCode()).isEqualTo(400);
        assertThat(get("/sources/nobody/keyframes").statusCode()).isEqualTo(404);
    }

    private static NewEntry keyframe(String source, long number) {
        EntryInfo info =
                new EntryInfo(source, EntryKind.KEYFRAME, RecordedSource.id(number), BigInteger.valueOf(number), null);
        return new NewEntry(info, new byte[0], List.of(new byte[] {1}));
    }

    private List<String> uuids(HttpResponse<String> found) {
        List<String> uuids = new ArrayList<>();
        parse(found).path("keyframes").get(1).forEach(uuid -> uuids.add(uuid.asText()));
        return uuids;
    }

    /** The first part, which is JSON. */
    private JsonNode metadata(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(200);
        String part = answer.body().split("\r\n\r\n")[1];
        return Json.of(part.substring(0, part.indexOf("\r\n--")));
    }
}
