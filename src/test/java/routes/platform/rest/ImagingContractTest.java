package routes.platform.rest;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import routes.platform.rest.problem.Problem;

import static org.assertj.core.api.Assertions.assertThat;

/** The imaging contract over real HTTP, with stub routes behind it. */
@RestTest
class ImagingContractTest {

    private static final String BACKLOG = "/api/1/operations/ingest-backlog";

    @LocalServerPort
    private int port;

    @Autowired
    private ObjectMapper mapper;

    private final HttpClient client = HttpClient.newHttpClient();

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/1/exports?limit=0            | limit      | greater_than_equal | 0",
                "/api/1/exports?limit=-1           | limit      | greater_than_equal | -1",
                "/api/1/exports?limit=501          | limit      | less_than_equal    | 501",
                "/api/1/exports?limit=abc          | limit      | int_parsing        | abc",
                "/api/1/exports?limit=             | limit      | int_parsing        | ''",
                "/api/1/exports?limit=99999999999  | limit      | int_parsing        | 99999999999",
                "/api/1/exports?offset=-1          | offset     | greater_than_equal | -1",
                "/api/1/exports?event_type=photo   | event_type | enum               | photo",
                "/api/1/exports?start=2024-02-01T00:00:00 | start | timezone_aware   | 2024-02-01T00:00:00",
                "/api/1/exports?end=2024-02-01     | end        | timezone_aware     | 2024-02-01",
                "/api/1/exports?end=yesterday      | end        | datetime_from_date_parsing | yesterday",
                "/api/1/archives?limit=101         | limit      | less_than_equal    | 101",
                "/api/1/daily-stats?days=91        | days       | less_than_equal    | 91",
                "/api/1/events?state=lost          | state      | enum               | lost",
                "/api/1/events?system=a%00b        | system     | string_type        | a\u0000b",
            })
    @DisplayName("A05 a wrong parameter gives 422 with its place")
    void wrongParameters(String path, String parameter, String code, String input) throws Exception {
        HttpResponse<String> response = get(path);

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        JsonNode body = mapper.readTree(response.body());
        assertThat(body.path("type").asText()).isEqualTo("about:blank");
        assertThat(body.path("status").asInt()).isEqualTo(422);
        assertThat(body.path("detail")).hasSize(1);
        JsonNode problem = body.path("detail").get(0);
        assertThat(problem.path("loc")).extracting(JsonNode::asText).containsExactly("query", parameter);
        assertThat(problem.path("type").asText()).isEqualTo(code);
        assertThat(problem.path("input").asText()).isEqualTo(input);
        assertThat(problem.path("msg").asText()).isNotBlank();
    }

    @Test
    @DisplayName("A05 every wrong parameter is named at once")
    void severalWrongParameters() throws Exception {
        JsonNode body = mapper.readTree(
                get("/api/1/exports?limit=0&offset=x&event_type=photo").body());

        assertThat(body.path("detail"))
                .extracting(problem -> problem.path("loc").path(1).asText())
                .containsExactlyInAnyOrder("limit", "offset", "event_type");
    }

    @Test
    @DisplayName("A03 defaults and types reach the route; what is unknown or comes as a header does not count")
    void parametersBecomeTypedHeaders() throws Exception {
        JsonNode seen =
                mapper.readTree(send(request("/api/1/exports?start=2024-02-01T00:00:00+01:00&unknown=1&offset=3")
                                .header("limit", "7")
                                .header("system", "evil"))
                        .body());

        assertThat(seen.path("limit").asText()).isEqualTo("Integer 500");
        assertThat(seen.path("offset").asText()).isEqualTo("Integer 3");
        assertThat(seen.path("event_type").asText()).isEqualTo("String stitch");
        assertThat(seen.path("start").asText()).isEqualTo("OffsetDateTime 2024-02-01T00:00+01:00");
        assertThat(seen.has("system")).isFalse();
        assertThat(seen.has("end")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2024-02-01T00:00:00%2B01:00",
                "2024-02-01T00:00:00+01:00",
                "2024-02-01T00:00:00.5Z",
                "2024-02-01%2000:00:00Z"
            })
    @DisplayName("A03 a time with offset is read, its plus escaped or not")
    void times(String time) throws Exception {
        assertThat(get("/api/1/exports?start=" + time).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"61c7a1de-35a0-4d0b-8a52-1e7b90a2c001", "61C7A1DE35A04D0B8A521E7B90A2C001"})
    @DisplayName("A08 both spellings of a UUID reach the route; an unknown id gives 404 item not found")
    void unknownArchive(String id) throws Exception {
        HttpResponse<String> response = get("/api/1/archives/" + id);

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(mapper.readTree(response.body()).path("detail").asText()).isEqualTo("item not found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"17", "61c7a1de-35a0-4d0b-8a52", "61c7a1de35a04d0b8a521e7b90a2c00x", "%2e%2e", "1-1-1-1-1"})
    @DisplayName("A08 what is not a UUID gives 422")
    void notAnId(String id) throws Exception {
        HttpResponse<String> response = get("/api/1/archives/" + id);

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(mapper.readTree(response.body()).at("/detail/0/loc"))
                .extracting(JsonNode::asText)
                .containsExactly("path", "id");
    }

    static Stream<Arguments> wrongBodies() {
        return Stream.of(
                Arguments.of("{\"start\": ", List.of("body"), "json_invalid"),
                Arguments.of("", List.of("body"), "missing"),
                Arguments.of("[]", List.of("body"), "type_error"),
                Arguments.of("{\"start\": \"2024-02-01T00:00:00Z\"}", List.of("body", "end"), "missing"),
                Arguments.of(
                        "{\"start\": \"2024-02-01T00:00:00Z\", \"end\": \"soon\"}",
                        List.of("body", "end"),
                        "value_error"),
                Arguments.of(
                        "{\"start\": \"2024-02-01T00:00:00Z\", \"end\": 5}", List.of("body", "end"), "type_error"));
    }

    @ParameterizedTest(name = "{1} {2}")
    @MethodSource("wrongBodies")
    @DisplayName("A05 a wrong body gives 422 with the place in it")
    void wrongBody(String json, List<String> location, String code) throws Exception {
        HttpResponse<String> response = send(post(BACKLOG, json));

        assertThat(response.statusCode()).isEqualTo(422);
        JsonNode problem = mapper.readTree(response.body()).at("/detail/0");
        assertThat(problem.path("loc")).extracting(JsonNode::asText).containsExactlyElementsOf(location);
        assertThat(problem.path("type").asText()).isEqualTo(code);
    }

    @Test
    @DisplayName("A body reaches the route as it was sent")
    void goodBody() throws Exception {
        String json = "{\"start\": \"2024-02-01T00:00:00Z\", \"end\": \"2024-02-02T00:00:00+01:00\", \"system\": null}";
        HttpResponse<String> response = send(post(BACKLOG, json));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(mapper.readTree(response.body()).path("body").asText()).isEqualTo(json);
    }

    @Test
    @DisplayName("A body of another type gives 415, an answer nobody accepts 406, a long body 413")
    void refusals() throws Exception {
        assertProblem(send(post(BACKLOG, "<a/>").setHeader("Content-Type", "application/xml")), 415);
        assertProblem(send(request("/api/1/archives").header("Accept", "image/png")), 406);
        assertProblem(send(post(BACKLOG, " ".repeat(3000) + "{}")), 413);
        HttpRequest.BodyPublisher chunked =
                HttpRequest.BodyPublishers.fromPublisher(HttpRequest.BodyPublishers.ofString(" ".repeat(3000) + "{}"));
        assertProblem(send(request(BACKLOG).POST(chunked).header("Content-Type", "application/json")), 413);
    }

    @Test
    @DisplayName("A03 the negotiated type of the answer is preset")
    void negotiation() throws Exception {
        HttpResponse<String> csv = send(request("/api/1/exports").header("Accept", "text/csv"));
        HttpResponse<String> any = send(request("/api/1/exports").header("Accept", "text/html, */*;q=0.1"));

        assertThat(mapper.readTree(csv.body()).path("Content-Type").asText()).isEqualTo("String text/csv");
        assertThat(mapper.readTree(any.body()).path("Content-Type").asText()).isEqualTo("String application/json");
    }

    @Test
    @DisplayName("Unknown routes give 404 Not Found, other methods 405 with Allow")
    void unknownRoutesAndMethods() throws Exception {
        for (String path : List.of("/nowhere", "/api/1", "/api/1/nowhere", "/api/1/exports/x", "/api/2/exports")) {
            HttpResponse<String> response = get(path);
            assertThat(response.headers().firstValue("Content-Type")).as(path).contains(Problem.MEDIA_TYPE);
            assertProblem(response, 404);
            assertThat(mapper.readTree(response.body()).path("detail").asText()).isEqualTo("Not Found");
        }
        HttpResponse<String> delete = send(request("/api/1/exports").DELETE());
        assertProblem(delete, 405);
        assertThat(delete.headers().firstValue("Allow")).contains("GET");
    }

    @Test
    @DisplayName("A failure of ours tells nothing but an id; an outage is a 503 with Retry-After")
    void failures() throws Exception {
        HttpResponse<String> failure = get("/api/1/events/61c7a1de-35a0-4d0b-8a52-1e7b90a2c001");
        assertProblem(failure, 500);
        assertThat(failure.body()).doesNotContain("secret").doesNotContain("Exception");
        assertThat(mapper.readTree(failure.body()).path("error_id").asText()).hasSize(36);

        HttpResponse<String> outage = send(post("/api/1/operations/verify/61c7a1de-35a0-4d0b-8a52-1e7b90a2c001", ""));
        assertProblem(outage, 503);
        assertThat(outage.headers().firstValue("Retry-After")).contains("10");
        assertThat(outage.body()).doesNotContain("db.internal");

        assertProblem(send(post("/api/1/operations/re-upload/61c7a1de35a04d0b8a521e7b90a2c001", "")), 409);
    }

    @Test
    @DisplayName("Nothing the client sent comes back as a header, and no Camel header comes in")
    void headersStay() throws Exception {
        for (String path : List.of(
                "/api/1/exports?location=http://evil&foo=bar",
                "/api/1/exports?limit=0&foo=bar",
                "/api/1/archives/61c7a1de-35a0-4d0b-8a52-1e7b90a2c001?foo=bar")) {
            HttpResponse<String> response = send(request(path)
                    .header("Authorization", "Basic c2VjcmV0OnNlY3JldA==")
                    .header("Cookie", "session=1")
                    .header("X-Mine", "1")
                    .header("Location", "http://evil")
                    .header("cAmElHttpResponseCode", "418")
                    .header("User-Agent", "me"));

            assertThat(response.statusCode()).isNotEqualTo(418);
            Map<String, List<String>> headers = response.headers().map();
            assertThat(headers.keySet().stream().map(String::toLowerCase))
                    .isSubsetOf(
                            "content-type",
                            "content-length",
                            "transfer-encoding",
                            "date",
                            "connection",
                            "keep-alive",
                            "vary",
                            ":status");
        }
    }

    @Test
    @DisplayName("A11 behind a proxy the host does not matter, and links stay relative")
    void forwarded() throws Exception {
        HttpResponse<String> response = send(request("/api/1/daily-stats")
                .header("X-Forwarded-Host", "fastapi.localhost")
                .header("X-Forwarded-Port", "80")
                .header("X-Forwarded-Proto", "http")
                .header("X-Forwarded-For", "192.0.2.7"));

        assertThat(response.statusCode()).isEqualTo(200);
    }

    @Test
    @DisplayName("A01 health gives 204 with nothing in it")
    void health() throws Exception {
        HttpResponse<String> response = get("/health");

        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(response.body()).isEmpty();
    }

    private void assertProblem(HttpResponse<String> response, int status) throws IOException {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        JsonNode body = mapper.readTree(response.body());
        assertThat(body.path("status").asInt()).isEqualTo(status);
        assertThat(body.path("title").asText()).isNotBlank();
        assertThat(body.path("detail").asText()).isNotBlank();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    private HttpRequest.Builder post(String path, String json) {
        return request(path).POST(HttpRequest.BodyPublishers.ofString(json)).header("Content-Type", "application/json");
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(request(path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
