package routes.platform.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.test.util.TestSocketUtils;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import static org.assertj.core.api.Assertions.assertThat;

/** The commands that operate a Caravan that runs, against an HTTP server that notes what it is asked. */
class RunningCaravanTest {

    private final Terminal terminal = new Terminal();
    private HttpServer server;
    private volatile Request request;
    private volatile int status = 200;
    private volatile String answer = "{}";

    private record Request(String method, URI uri, Headers headers, String body) {}

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::reply);
        server.start();
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    private void reply(HttpExchange exchange) throws IOException {
        try (exchange) {
            request = new Request(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI(),
                    exchange.getRequestHeaders(),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private String url() {
        return "--url=http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Test
    @DisplayName("CI1 a time step is uploaded again by its id")
    void uploadAgain() {
        String id = "5f0c1e7a-91d2-4a53-8f0e-2f6f0b1f7a11";
        answer = "{\"ref_id\": \"" + id + "\"}";
        assertThat(terminal.run("upload-again", id, url())).isZero();
        assertThat(request.uri()).hasToString("/api/1/operations/re-upload/" + id);
        assertThat(terminal.run("upload-again", "late", url())).isEqualTo(2);
    }

    @Test
    @DisplayName("I21 ingest-backlog sends the bounds, those without offset with that of the local zone")
    void ingestBacklog() throws IOException {
        status = 202;
        answer = "{\"accepted\": 3}";
        int code = terminal.run(
                "ingest-backlog",
                "--start",
                "2024-02-01T09:00",
                "--end=2024-02-02T00:00:00Z",
                "--system=prince",
                url());
        assertThat(code).as(terminal.err()).isZero();
        assertThat(terminal.out()).isEqualTo("accepted: 3\n");
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.uri()).hasToString("/api/1/operations/ingest-backlog");
        assertThat(request.headers().getFirst("Content-Type")).isEqualTo("application/json");
        JsonNode body = new ObjectMapper().readTree(request.body());
        assertThat(OffsetDateTime.parse(body.get("start").asText()))
                .isEqualTo(LocalDateTime.of(2024, 2, 1, 9, 0)
                        .atZone(ZoneId.systemDefault())
                        .toOffsetDateTime());
        assertThat(OffsetDateTime.parse(body.get("end").asText())).isEqualTo("2024-02-02T00:00:00Z");
        assertThat(body.get("system").asText()).isEqualTo("prince");
    }

    @Test
    void requeueDead() throws IOException {
        answer = "{\"stream\": \"a:b\", \"requeued\": 2}";
        assertThat(terminal.run("requeue-dead", "a:b", url())).isZero();
        assertThat(new ObjectMapper().readTree(request.body())).hasToString("{\"stream\":\"a:b\"}");
        assertThat(terminal.out()).contains("stream: a:b", "requeued: 2");
    }

    @Test
    void purge() {
        answer = "{\"dry_run\": true, \"deleted\": [{\"path\": \"/data/prince/a\"}], \"kept\": []}";
        assertThat(terminal.run("purge", "--dry-run", url())).isZero();
        assertThat(request.uri()).hasToString("/api/1/operations/purge?dry_run=true");
        assertThat(request.body()).isEmpty();
        assertThat(terminal.out()).contains("dry_run: true", "deleted:", "- path: /data/prince/a", "kept: []");

        assertThat(terminal.run("purge", url())).isZero();
        assertThat(request.uri()).hasToString("/api/1/operations/purge?dry_run=false");
    }

    @Test
    void withoutUrlTheConfiguredPortIsUsed(@TempDir Path data) {
        int code = terminal.run(
                "purge", "--server.port=" + server.getAddress().getPort(), "--caravan.data-dir=" + data.resolve("new"));
        assertThat(code).as(terminal.err()).isZero();
        assertThat(data.resolve("new")).as("nothing is started or kept").doesNotExist();
    }

    @Test
    void anyFreePortCannotBeGuessed() {
        assertThat(terminal.run("purge", "--server.port=0")).isEqualTo(2);
        assertThat(terminal.err()).contains("add --url");
    }

    @Test
    void problemDetailGoesToStandardError() {
        status = 503;
        answer = "{\"title\": \"Service Unavailable\", \"status\": 503, \"detail\": \"Redis does not answer\"}";
        assertThat(terminal.run("requeue-dead", "a", url())).isEqualTo(1);
        assertThat(terminal.err()).isEqualToIgnoringNewLines("Service Unavailable: Redis does not answer");
        assertThat(terminal.out()).isEmpty();
    }

    @Test
    void everyWrongFieldIsNamed() {
        status = 422;
        answer =
                """
                {"title": "Unprocessable Entity", "detail": [
                  {"type": "missing", "loc": ["body", "end"], "msg": "is required", "input": null},
                  {"type": "value_error", "loc": ["body", "system"], "msg": "must be one of prince", "input": "x"}]}
                """;
        assertThat(terminal.run("requeue-dead", "a", url())).isEqualTo(1);
        assertThat(terminal.err())
                .contains("Unprocessable Entity:", "  body.end: is required", "  body.system: must be one of prince");
    }

    @Test
    void answerThatIsNoProblemStillSaysTheStatus() {
        status = 502;
        answer = "<html>bad gateway</html>";
        assertThat(terminal.run("purge", url())).isEqualTo(1);
        assertThat(terminal.err()).contains("HTTP status 502").doesNotContain("<html>");
    }

    @Test
    void saysWhereUserAndPasswordComeFrom() {
        status = 401;
        answer = "";
        assertThat(terminal.run("purge", url())).isEqualTo(1);
        assertThat(terminal.err()).contains("401", "CARAVAN_USER", "CARAVAN_PASSWORD");
    }

    @Test
    void nobodyThere() {
        int free = TestSocketUtils.findAvailableTcpPort();
        assertThat(terminal.run("purge", "--url=http://127.0.0.1:" + free)).isEqualTo(1);
        assertThat(terminal.err()).contains("No Caravan answers at http://127.0.0.1:" + free);
    }

    @Test
    void sendsUserAndPasswordOfTheEnvironment() {
        RunningCaravan caravan = new RunningCaravan(
                new Settings(List.of()), Map.of("CARAVAN_USER", "ann", "CARAVAN_PASSWORD", "päss:word"));
        int code = new CommandLine(new Probe(caravan))
                .setOut(new PrintWriter(new StringWriter()))
                .execute(url());
        assertThat(code).isZero();
        // ann:päss:word in UTF-8
        assertThat(request.headers().getFirst("Authorization")).isEqualTo("Basic YW5uOnDDpHNzOndvcmQ=");
    }

    @Command(name = "probe")
    private static final class Probe implements Callable<Integer> {

        @Mixin
        private final RunningCaravan caravan;

        Probe(RunningCaravan caravan) {
            this.caravan = caravan;
        }

        @Override
        public Integer call() throws Exception {
            return caravan.post("/", Map.of());
        }
    }
}
