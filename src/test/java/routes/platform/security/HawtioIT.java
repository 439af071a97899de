package routes.platform.security;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.platform.CaravanProcess;
import routes.platform.FreePort;
import routes.replay.JobClient;

import static org.assertj.core.api.Assertions.assertThat;

/** What an operator of the packaged jar sees in a browser, and what Hawtio's own requests get to see. */
@Tag("peer")
class HawtioIT {

    /** Kept after the run, for people. */
    private static final Path SCREENSHOT = Path.of("target", "hawtio.png");

    @TempDir
    private static Path scratch;

    private static final String EXAMPLE =
            """
            - route:
                id: example-tick
                routeConfigurationId: retry-at-source
                group: example-group
                description: Shows itself in Hawtio
                from:
                  uri: timer:example
                  steps:
                    - log: tick
            """;

    private static final ObjectMapper JSON = new ObjectMapper();

    private static CaravanProcess caravan;
    private static String base;

    @BeforeAll
    static void start() throws Exception {
        Files.writeString(Files.createDirectory(scratch.resolve("routes.d")).resolve("example.yaml"), EXAMPLE);
        int port = FreePort.any();
        int ingress = FreePort.any();
        caravan = CaravanProcess.start(
                scratch,
                port,
                scratch.resolve("caravan.log"),
                List.of(
                        "--spring.profiles.active=demo",
                        "--imaging.demo.enabled=false",
                        "--replay.in-stream.url=router+bind:tcp://127.0.0.1:" + ingress,
                        "--replay.demo.url=tcp://127.0.0.1:" + ingress,
                        "--spring.datasource.url=jdbc:h2:mem:hawtio",
                        "--caravan.local.redis.port=0",
                        "--caravan.local.s3.port=0",
                        "--caravan.local.jms.port=0",
                        "--caravan.data-dir=" + scratch.resolve("data"),
                        "--caravan.routes-directory=" + scratch.resolve("routes.d")));
        caravan.awaitReady();
        base = "http://localhost:" + port + "/actuator/";
    }

    @AfterAll
    static void stop() {
        caravan.close();
    }

    @Test
    @DisplayName("the Camel tree shows the folder of a route group")
    void groups() throws Exception {
        Chromium browser = Chromium.require(scratch);
        assertThat(browser.dom(base + "hawtio/camel"))
                .contains(">caravan<", ">routes<", ">imaging<", ">replay<", ">platform<", ">example-group<")
                // Where Hawtio puts routes without a group
                .doesNotContain(">default<");
        browser.screenshot(base + "hawtio/camel", SCREENSHOT);
        assertThat(Files.size(SCREENSHOT)).isPositive();
    }

    @Test
    @DisplayName("Jolokia reads routes with group and description")
    void routes() throws Exception {
        assertThat(
                        jolokia(
                                """
                        {"type":"read","mbean":"org.apache.camel:context=*,type=routes,name=\\"example-tick\\"",
                         "attribute":["RouteGroup","Description"]}"""))
                .contains("example-group", "Shows itself in Hawtio");
    }

    @Test
    @DisplayName("a running job is a route that says what it replays")
    void jobs() throws Exception {
        String job = "replay-job-" + startJob();
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(jolokia(
                        """
                        {"type":"read","mbean":"org.apache.camel:context=*,type=routes,name=\\"%s\\"",
                         "attribute":["RouteGroup","Description","State"]}"""
                                .formatted(job)))
                .contains("Replays demo-1 to", "\"Started\"", "\"replay\""));
    }

    /** Of what the first camera of the demo sent, for as long as it goes on. */
    private static String startJob() throws Exception {
        String api = "/replay/api/v1";
        JsonNode[] found = {null};
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
            found[0] = JSON.readTree(
                            caravan.send("POST", api + "/keyframes/find", "{\"source_id\":\"demo-1\",\"limit\":1}")
                                    .body())
                    .at("/keyframes/1/0");
            return found[0].isTextual();
        });
        return new JobClient(caravan)
                .start(JobClient.request(
                        "demo-1",
                        UUID.fromString(found[0].textValue()),
                        "pub+bind:tcp://127.0.0.1:" + FreePort.any(),
                        "hawtio",
                        true,
                        "\"never\""));
    }

    @Test
    @DisplayName("Jolokia shows neither system properties nor beans that are not Camel's or the JVM's")
    void secrets() throws Exception {
        assertThat(
                        jolokia(
                                """
                {"type":"read","mbean":"java.lang:type=Runtime","attribute":"SystemProperties"}"""))
                .contains("\"status\":403")
                .doesNotContain("java.home");
        assertThat(
                        jolokia(
                                """
                {"type":"exec","mbean":"com.sun.management:type=DiagnosticCommand","operation":"vmSystemProperties"}"""))
                .contains("\"status\":403");
    }

    @Test
    @DisplayName("a link cannot call Jolokia")
    void onlyPost() throws Exception {
        var request = HttpRequest.newBuilder(URI.create(base + "jolokia/read/java.lang:type=Memory"));
        assertThat(HttpClient.newHttpClient()
                        .send(request.build(), BodyHandlers.ofString())
                        .body())
                .contains("\"status\":403");
    }

    private static String jolokia(String json) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(base + "jolokia"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json));
        return HttpClient.newHttpClient()
                .send(request.build(), BodyHandlers.ofString())
                .body();
    }
}
