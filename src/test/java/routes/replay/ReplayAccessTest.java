package routes.replay;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Who may do what with the API of replay where users are configured. */
class ReplayAccessTest {

    /** bcrypt of "secret", cheap on purpose. */
    private static final String HASH = "{bcrypt}$2a$04$5PFuA.kd5bU4j1e8o5UxU.VSDWG8vHvmls9ZO7mXZA6i/8MtTN6NG";

    /** Instead of the path of the API. */
    private static final String ORIGINAL = "original:";

    private static final String NOBODY = "";
    private static final String VIEWER = "vera";
    private static final String OPERATOR = "otto";

    @TempDir
    private static Path data;

    private static RunningReplay replay;

    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeAll
    static void start() {
        replay = RunningReplay.start(
                data,
                "caravan.security.users[0].name=" + VIEWER,
                "caravan.security.users[0].password=" + HASH,
                "caravan.security.users[0].roles=viewer",
                "caravan.security.users[1].name=" + OPERATOR,
                "caravan.security.users[1].password=" + HASH,
                "caravan.security.users[1].roles=operator");
    }

    @AfterAll
    static void stop() {
        replay.close();
    }

    @Test
    @DisplayName("RX20 a viewer searches keyframes and tries a job out, which are POSTs that change nothing")
    void readingPosts() throws Exception {
        replay.source("cam-access").block(3);
        String search = "{'source_id': 'cam-access', 'limit': 3}";
        String job = JobSamples.request("cam-access", RecordedSource.id(0), "'never'")
                .toString();

        assertThat(send(NOBODY, "POST", "/keyframes/find", search).statusCode()).isEqualTo(401);
        HttpResponse<String> found = send(VIEWER, "POST", "/keyframes/find", search);
        assertThat(found.statusCode()).isEqualTo(200);
        assertThat(found.body()).contains(RecordedSource.id(0).toString());
        assertThat(send(VIEWER, "POST", "/jobs/dry-run", job).statusCode()).isEqualTo(200);
    }

    @Test
    @DisplayName("RX20 a viewer changes nothing: no job, no hold, no deletion, no end of the process")
    void changes() throws Exception {
        String job = JobSamples.request("cam-access", RecordedSource.id(0), "'never'")
                .toString();
        assertThat(send(VIEWER, "PUT", "/job", job).statusCode()).isEqualTo(403);
        assertThat(send(VIEWER, "POST", "/holds", "{'source_id': 'cam-access'}").statusCode())
                .isEqualTo(403);
        assertThat(send(VIEWER, "DELETE", "/sources/cam-access", "").statusCode())
                .isEqualTo(403);
        assertThat(send(VIEWER, "POST", "/shutdown", "").statusCode()).isEqualTo(403);
        assertThat(send(VIEWER, "GET", "/jobs", "").statusCode()).isEqualTo(200);
    }

    @Test
    @DisplayName("CP8 who is not let in, or asks for a path the firewall refuses, gets a problem that says so")
    void problems() throws Exception {
        HttpResponse<String> unknown = send(NOBODY, "GET", "/jobs", "");
        assertThat(unknown.statusCode()).isEqualTo(401);
        assertThat(unknown.headers().firstValue("WWW-Authenticate")).isPresent();
        assertThat(unknown.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(unknown.body()).contains("\"status\":401");
        for (String path : List.of("/jobs;x=1", "/sources/a%25b", "//jobs", "/sources/a%2Fb")) {
            HttpResponse<String> refused = send(OPERATOR, "GET", path, "");
            assertThat(refused.statusCode()).as(path).isEqualTo(400);
            assertThat(refused.headers().firstValue("Content-Type")).contains("application/problem+json");
            assertThat(refused.body()).contains("\"status\":400");
        }
        assertThat(send(OPERATOR, "GET", "/nothing", "").statusCode()).isEqualTo(404);
        assertThat(send(OPERATOR, "PURGE", "/jobs", "").statusCode()).isEqualTo(405);
    }

    @Test
    @DisplayName("CR-drop-in at the original's path the same roles hold")
    void originalPath() throws Exception {
        replay.source("cam-original").block(3);
        String original = ORIGINAL;
        String search = "{'source_id': 'cam-original', 'limit': 3}";

        assertThat(send(NOBODY, "GET", original + "/job", "").statusCode()).isEqualTo(401);
        assertThat(send(VIEWER, "GET", original + "/job", "").statusCode()).isEqualTo(200);
        assertThat(send(VIEWER, "POST", original + "/keyframes/find", search).body())
                .contains(RecordedSource.id(0).toString());
        assertThat(send(VIEWER, "POST", original + "/shutdown", "").statusCode())
                .isEqualTo(403);
        assertThat(send(VIEWER, "DELETE", original + "/source?id=cam-original", "")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    @DisplayName("RX8 who follows a job by server-sent events must be a viewer")
    void events() throws Exception {
        replay.source("cam-follow").block(3);
        try (SavantReceiver sink = SavantReceiver.router()) {
            String request = JobsWorkflowTest.request("cam-follow", 0, "{'frame_count': 2}", sink.url(), "out-follow")
                    .toString();
            HttpResponse<String> created = send(OPERATOR, "PUT", "/job", request);
            assertThat(created.statusCode()).as(created.body()).isEqualTo(200);
            UUID job = UUID.fromString(Json.of(created.body()).get("new_job").textValue());
            String events = "/jobs/" + job + "/events";

            assertThat(send(NOBODY, "GET", events, "").statusCode()).isEqualTo(401);
            HttpResponse<String> followed = send(VIEWER, "GET", events, "");
            assertThat(followed.statusCode()).isEqualTo(200);
            assertThat(followed.body()).contains("event: state", "completed");
        }
    }

    private static URI uri(String path) {
        return path.startsWith(ORIGINAL)
                ? replay.uri("").resolve("/api/v1" + path.substring(ORIGINAL.length()))
                : replay.uri(path);
    }

    /** @param body JSON with ' for "; none when empty */
    private HttpResponse<String> send(String user, String method, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path))
                .method(method, HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')))
                .header("Content-Type", "application/json");
        if (!user.isEmpty()) {
            String login = Base64.getEncoder().encodeToString((user + ":secret").getBytes(StandardCharsets.UTF_8));
            request.header("Authorization", "Basic " + login);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
