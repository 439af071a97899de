package routes.platform.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import routes.platform.CaravanProcess;
import routes.platform.FreePort;
import routes.platform.Peers;
import routes.replay.JobClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What an operator of the packaged jar sees in a browser and tries by hand, and what Hawtio's own requests get to see. */
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
            - route:
                id: example-secret
                routeConfigurationId: retry-at-source
                group: example-group
                description: Uses a secret wherever a route can
                from:
                  uri: direct:example-secret
                  steps:
                    - setBody:
                        simple: "{{example.secret}} ${body}"
                    - filter:
                        simple: "${body} == '{{example.secret}}'"
                        steps:
                          - log: "said {{example.secret}}"
                    - to: "https://ann:{{example.secret}}@127.0.0.1:9/?authPassword={{example.secret}}"
            """;

    private static final String SECRET = "example-secret-value";
    private static final String CONTEXT = "org.apache.camel:context=caravan,type=context,name=\"caravan\"";
    private static final String ROUTE = "org.apache.camel:context=caravan,type=routes,name=\"example-tick\"";

    private static final ObjectMapper JSON = new ObjectMapper();

    private static CaravanProcess caravan;
    private static String base;
    private static int ingress;

    @BeforeAll
    static void start() throws Exception {
        Files.writeString(Files.createDirectory(scratch.resolve("routes.d")).resolve("example.yaml"), EXAMPLE);
        int port = FreePort.any();
        ingress = FreePort.any();
        caravan = CaravanProcess.start(
                scratch,
                port,
                scratch.resolve("caravan.log"),
                List.of(
                        "--spring.profiles.active=demo",
                        "--imaging.demo.enabled=false",
                        "--example.secret=" + SECRET,
                        "--camel.component.aws2-s3.secret-key=" + SECRET,
                        "--replay.in-stream.url=router+bind:tcp://127.0.0.1:" + ingress,
                        "--replay.demo.url=tcp://127.0.0.1:" + ingress,
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
    @DisplayName("CP17 a start writes less than 40 lines, none of them a warning, and ends with what can be opened")
    void linesOfTheStart() {
        Awaitility.await().until(() -> caravan.output().contains("Caravan can be reached at:"));
        List<String> lines = caravan.output().lines().toList();
        List<String> start = lines.subList(0, lines.indexOf(lineWith(lines, "Started Caravan in ")));
        assertThat(start).hasSizeLessThan(40).noneMatch(line -> line.matches(".* (WARN|ERROR) .*"));
        String address = base.replace("localhost", "127.0.0.1").replace("/actuator/", "");
        assertThat(lineWith(lines, "  Hawtio ")).endsWith(" " + address + "/actuator/hawtio");
        assertThat(lineWith(lines, "  API documents ")).endsWith(" " + address + "/docs");
        assertThat(lineWith(lines, "  S3 ")).containsPattern("http://127\\.0\\.0\\.1:[1-9]");
        assertThat(lineWith(lines, "  ZeroMQ, replay-record-stream ")).endsWith(" tcp://127.0.0.1:" + ingress);
    }

    private static String lineWith(List<String> lines, String text) {
        return lines.stream()
                .filter(line -> line.contains(text))
                .reduce((first, last) -> last)
                .orElse("");
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
    @DisplayName("CP2 Jolokia connects to no other server, however a request asks for it")
    void noProxy() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            other.setSoTimeout(1);
            String target =
                    """
                    "target":{"url":"service:jmx:rmi:///jndi/rmi://127.0.0.1:%d/jmxrmi"}}"""
                            .formatted(other.getLocalPort());
            String read = """
                    {"type":"read","mbean":"java.lang:type=Runtime","attribute":"Name","""
                    + target;
            String list = """
                    {"type":"list",""" + target;
            String provider =
                    """
                    {"type":"read","mbean":"proxy@java.lang:type=Runtime","attribute":"Name","""
                            + target;

            for (String path : List.of("jolokia", "hawtio/jolokia")) {
                for (String request : List.of(read, list, provider)) {
                    assertThat(status(post(path, request))).isEqualTo(403);
                }
                assertThat(JSON.readTree(post(path, "[" + read + "," + list + "]")))
                        .hasSize(2)
                        .allMatch(answer -> answer.get("status").asInt() == 403);
            }
            get("hawtio/proxy/http/127.0.0.1/" + other.getLocalPort() + "/jolokia");
            assertThatThrownBy(other::accept).isInstanceOf(SocketTimeoutException.class);
        }
        try (ZipFile jar = new ZipFile(CaravanProcess.JAR.toFile())) {
            assertThat(jar.stream()).noneMatch(entry -> entry.getName().startsWith("org/jolokia/service/jsr160"));
        }
    }

    @ParameterizedTest
    @MethodSource("refused")
    @DisplayName("CP3 Jolokia refuses operations that run expressions, send, show bodies, change routes or touch files")
    void refusedOperations(String bean, String operation, List<Object> arguments) throws Exception {
        String answer = jolokia(JSON.writeValueAsString(
                Map.of("type", "exec", "mbean", bean, "operation", operation, "arguments", arguments)));
        assertThat(status(answer)).as(answer).isEqualTo(403);
    }

    static Stream<Arguments> refused() {
        String debugger = "org.apache.camel:context=caravan,type=tracer,name=BacklogDebugger";
        String tracer = "org.apache.camel:context=caravan,type=tracer,name=BacklogTracer";
        String body = "(java.lang.String,java.lang.Object)";
        return Stream.of(
                Arguments.of(CONTEXT, "requestBody" + body, List.of("language:constant:{{example.secret}}", "x")),
                Arguments.of(CONTEXT, "requestBody", List.of("language:simple:${env.HOME}", "x")),
                Arguments.of(CONTEXT, "sendBody" + body, List.of("file:/tmp?fileName=x", "x")),
                Arguments.of(CONTEXT, "sendStringBody(java.lang.String, java.lang.String)", List.of("log:x", "x")),
                Arguments.of(CONTEXT, "createEndpoint(java.lang.String)", List.of("file:/tmp/x")),
                Arguments.of(CONTEXT, "setGlobalOption", List.of("a", "b")),
                Arguments.of(CONTEXT, "dumpRoutesAsXml(boolean)", List.of(true)),
                Arguments.of(CONTEXT, "dumpRoutesAsYaml(boolean,boolean)", List.of(true, true)),
                Arguments.of(ROUTE, "dumpRouteAsXml(boolean)", List.of(true)),
                Arguments.of(ROUTE, "updateRouteFromXml(java.lang.String)", List.of("<route/>")),
                Arguments.of(ROUTE, "remove()", List.of()),
                Arguments.of(
                        "org.apache.camel:context=caravan,type=services,name=DefaultDumpRoutesStrategy",
                        "dumpRoutes(java.lang.String)",
                        List.of("yaml")),
                Arguments.of(
                        "org.apache.camel:context=caravan,type=components,name=\"quartz\"",
                        "verify(java.lang.String,java.util.Map)",
                        List.of("connectivity", Map.of())),
                Arguments.of(debugger, "enableDebugger()", List.of()),
                Arguments.of(debugger, "evaluateExpressionAtBreakpoint", List.of("x", "simple", "${env.HOME}")),
                Arguments.of(tracer, "dumpAllTracedMessagesAsXml()", List.of()),
                Arguments.of("com.sun.management:type=HotSpotDiagnostic", "dumpHeap", List.of("/tmp/x.hprof", true)),
                Arguments.of("com.sun.management:type=DiagnosticCommand", "vmSystemProperties", List.of()),
                Arguments.of("jdk.management.jfr:type=FlightRecorder", "newRecording()", List.of()),
                Arguments.of("java.util.logging:type=Logging", "setLoggerLevel", List.of("", "FINEST")),
                Arguments.of("java.lang:type=Runtime", "getSystemProperties", List.of()),
                Arguments.of("hawtio:name=RBACRegistry,type=security", "list()", List.of()),
                Arguments.of("jolokia:type=Discovery", "lookupAgents()", List.of()));
    }

    @Test
    @DisplayName("CP3 nothing that Jolokia reads holds a secret, and nothing can be written or listened to")
    void secrets() throws Exception {
        String everything = jolokia(
                """
                {"type":"read","mbean":"*:*","config":{"ignoreErrors":"true","maxDepth":"6","maxCollectionSize":"0"}}""");
        String dumps = jolokia(
                """
                [{"type":"exec","mbean":%1$s,"operation":"dumpRoutesAsXml()"},
                 {"type":"exec","mbean":%1$s,"operation":"dumpRoutesAsYaml()"},
                 {"type":"list"}]"""
                        .formatted(JSON.writeValueAsString(CONTEXT)));
        assertThat(everything)
                .contains("example-secret\"", "HeapMemoryUsage", "{{example.secret}}")
                .doesNotContain(SECRET, System.getProperty("java.home"));
        assertThat(dumps).contains("{{example.secret}}").doesNotContain(SECRET, "HotSpotDiagnostic", "Hikari");
        for (String attribute : List.of("SystemProperties", "InputArguments", "ClassPath")) {
            assertThat(status(jolokia(
                            """
                            {"type":"read","mbean":"java.lang:type=Runtime","attribute":"%s"}"""
                                    .formatted(attribute))))
                    .isEqualTo(403);
        }
        assertThat(status(jolokia(
                        """
                        {"type":"write","mbean":%s,"attribute":"Tracing","value":true}"""
                                .formatted(JSON.writeValueAsString(CONTEXT)))))
                .isEqualTo(403);
        assertThat(jolokia("""
                        {"type":"notification","command":"register"}"""))
                .contains("\"backend\":{}");
    }

    @Test
    @DisplayName("CP3 Hawtio still stops, suspends and starts routes, and shows their diagrams and statistics")
    void operations() throws Exception {
        for (String step : List.of("suspend Suspended", "resume Started", "stop Stopped", "start Started")) {
            String[] words = step.split(" ");
            assertThat(exec(ROUTE, words[0] + "()").get("status").asInt()).isEqualTo(200);
            assertThat(jolokia("""
                            {"type":"read","mbean":%s,"attribute":"State"}"""
                            .formatted(JSON.writeValueAsString(ROUTE))))
                    .contains("\"value\":\"" + words[1] + "\"");
        }
        assertThat(exec(CONTEXT, "dumpRoutesAsXml()").get("value").asText()).contains("example-tick");
        assertThat(exec(CONTEXT, "dumpRoutesStatsAsXml(boolean,boolean)", true, true)
                        .get("value")
                        .asText())
                .contains("exchangesCompleted");
        assertThat(exec(ROUTE, "reset(boolean)", true).get("status").asInt()).isEqualTo(200);
        assertThat(exec("java.lang:type=Threading", "dumpAllThreads(boolean,boolean)", false, false)
                        .get("value"))
                .isNotEmpty();
    }

    @Test
    @DisplayName("CP21 the README's five minutes are a script: every step waits for what it needs")
    void readme() throws Exception {
        assertThat(script(Path.of("README.md"), "## Five minutes"))
                .contains(
                        "\"ref_id\":\"5f0c1e7a-91d2-4a53-8f0e-2f6f0b1f7a11\"",
                        "./Img/a.tif",
                        "timestep_id: is required");
    }

    @Test
    @DisplayName("CP22 what docs/replay.md says to try, a complete job too, is a script")
    void replay() throws Exception {
        assertThat(script(Path.of("docs/replay.md"), "## Try it")).contains("demo-1", "\"new_job\"");
        assertThat(scratch.resolve("picture.jpg")).isNotEmptyFile();
        assertThat(scratch.resolve("clip.mp4")).isNotEmptyFile();
    }

    /** Runs the shell blocks of a chapter, one after the other, where this application has its data. */
    private static String script(Path document, String chapter) throws Exception {
        Peers.require("curl");
        String text = Files.readString(document);
        int begin = text.indexOf(chapter);
        String blocks = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL)
                .matcher(text.substring(begin, text.indexOf("\n## ", begin)))
                .results()
                .map(block -> block.group(1))
                .collect(Collectors.joining());
        Path file = Files.writeString(
                scratch.resolve("script.sh"),
                blocks.replace("127.0.0.1:8080", URI.create(base).getAuthority())
                        .replace("127.0.0.1:5600", "127.0.0.1:" + FreePort.any()));
        Path output = scratch.resolve("script.log");
        Process script = new ProcessBuilder("timeout", "120", "sh", "-eu", file.toString())
                .directory(scratch.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(script.waitFor()).as(() -> read(output)).isZero();
        return read(output);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode exec(String bean, String operation, Object... arguments) throws Exception {
        return JSON.readTree(jolokia(JSON.writeValueAsString(
                Map.of("type", "exec", "mbean", bean, "operation", operation, "arguments", arguments))));
    }

    private static int status(String answer) throws Exception {
        return JSON.readTree(answer).path("status").asInt();
    }

    @Test
    @DisplayName("a link cannot call Jolokia")
    void onlyPost() throws Exception {
        assertThat(get("jolokia/read/java.lang:type=Memory")).contains("\"status\":403");
    }

    private static String jolokia(String json) throws Exception {
        return post("jolokia", json);
    }

    private static String post(String path, String json) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(base + path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    private static String get(String path) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(base + path)));
    }

    private static String send(HttpRequest.Builder request) throws Exception {
        return HttpClient.newHttpClient()
                .send(request.build(), BodyHandlers.ofString())
                .body();
    }
}
