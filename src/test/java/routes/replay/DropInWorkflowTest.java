package routes.replay;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What a client of the original sends without knowing that it talks to somebody else. */
class DropInWorkflowTest extends ReplayWorkflow {

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    @DisplayName("CR-drop-in the original's path answers as our own, whatever the operation")
    void path() throws Exception {
        recorded("drop in/1").block(3);
        String job = "/jobs/" + UUID.randomUUID();

        for (String path : new String[] {
            "/status",
            "/job",
            "/job/stopped",
            "/job/x",
            "/sources",
            "/source?id=drop+in%2F1",
            "/keyframe/nonsense?source_id=x",
            "/source/clip?id=drop+in%2F1",
            "/sources/%C3%BC%20x",
            "/nowhere",
            job,
            job + "/events"
        }) {
            HttpResponse<String> own = call("GET", API + path, "", "application/json");
            HttpResponse<String> original = call("GET", "/api/v1" + path, "", "application/json");
            assertThat(original.statusCode()).as(path).isEqualTo(own.statusCode());
            assertThat(original.body()).as(path).isEqualTo(own.body());
            assertThat(original.headers().firstValue("Content-Type"))
                    .as(path)
                    .isEqualTo(own.headers().firstValue("Content-Type"));
        }
        assertThat(call("PUT", "/api/v1/job", "{}", "application/json").statusCode())
                .isEqualTo(400);
        assertThat(call("POST", "/api/v1/job", "{}", "application/json").statusCode())
                .isEqualTo(405);
        assertThat(call("GET", "/api/v10/status", "", "application/json").statusCode())
                .isEqualTo(404);
    }

    @Test
    @DisplayName("CR-drop-in a search in curl's default content type is refused as 415, and done as JSON")
    void contentType() throws Exception {
        recorded("curl").block(3);
        String search = "{\"source_id\": \"curl\", \"limit\": 3}";

        HttpResponse<String> form = call("POST", "/api/v1/keyframes/find", search, "application/x-www-form-urlencoded");
        assertThat(form.statusCode()).isEqualTo(415);
        assertThat(form.body()).contains("application/json");
        assertThat(call("POST", "/api/v1/keyframes/find", search, "application/json")
                        .body())
                .contains(RecordedSource.id(0).toString());
    }

    @Test
    @DisplayName("CR-drop-in the creation timestamp of a keyframe is a number")
    void creationTimestamp() {
        recorded("number").block(1);

        assertThat(get("/keyframe/" + RecordedSource.id(0) + "?source_id=number&metadata_format=json")
                        .body())
                .contains("\"creation_timestamp_ns\":1767225600000000000,");
    }

    private HttpResponse<String> call(String method, String path, String body, String type) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .header("Content-Type", type)
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }
}
