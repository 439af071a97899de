package routes.platform.config.site;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;
import org.apache.camel.builder.RouteBuilder;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import routes.platform.config.CaravanProperties;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A site's own routes in a running application, with the Camel settings of our application.yaml. */
@ExtendWith(OutputCaptureExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoutesDirectoryTest {

    private static final String NO_BROKER =
            """
            - route:
                id: site-without-broker
                from:
                  uri: kafka:topic
                  parameters:
                    brokers: "nowhere.invalid:1"
                  steps:
                    - log:
                        message: here
            """;

    private Path directory;

    private ConfigurableApplicationContext app;
    private CamelContext camel;
    private String outputOfStart;

    @BeforeAll
    void startWithGoodAndBadFiles(@TempDir Path folder, CapturedOutput output) throws IOException {
        directory = folder;
        write("at-start.yaml", timer("site-at-start", "constant", "x"));
        write("broken.yaml", "- route:\n    id: broken\n    from: [");
        write("broker.yaml", NO_BROKER);
        write("a-user-of-the-template.yaml", templated("site-templated", "site-template"));
        write("template.yaml", template("site-template", "first"));
        SpringApplication application = new SpringApplication(Small.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        app = application.run(
                "--caravan.routes-directory=" + directory,
                "--camel.main.routes-include-pattern=file:" + directory + "/*.none",
                "--spring.datasource.url=jdbc:h2:mem:routes",
                "--spring.config.additional-location=classpath:/no-local-services.properties");
        camel = app.getBean(CamelContext.class);
        outputOfStart = output.getAll();
    }

    @AfterAll
    void stop() {
        app.close();
    }

    @Test
    void routeThatCannotStartIsTriedAgainAndTheOthersRun() {
        assertThat(camel.getRouteController().isSupervising()).isTrue();
        patiently().untilAsserted(() -> assertThat(
                        camel.getRouteController().supervising().getRestartingRoutes())
                .extracting(Route::getRouteId)
                .containsExactly("site-without-broker"));
        patiently().until(() -> isStarted("site-at-start"));
    }

    @Test
    @DisplayName("CP13 a bad file that is there at the start is named, and the application starts")
    void badFileAtStart() {
        assertThat(lines(outputOfStart, "broken.yaml"))
                .singleElement()
                .asString()
                .contains("WARN", "broken.yaml:3 was refused: ");
        assertThat(outputOfStart).doesNotContain("template.yaml was refused");
        assertThat(isStarted("site-templated"))
                .as("its template is in a later file")
                .isTrue();
    }

    @Test
    @DisplayName("CP13 whatever is wrong with a changed file, its route goes on; one line names file, line and reason")
    void badFiles(CapturedOutput output) throws IOException {
        Map<String, String> bad = new LinkedHashMap<>();
        bad.put("syntax", "- route:\n    id: site-syntax\n  from: [|:3 |stream end");
        bad.put("no-from", "- route:\n    id: site-no-from\n    steps:\n      - log: x\n|:2 |steps");
        bad.put("no-steps", "- route:\n    id: site-no-steps\n    from:\n      uri: timer:x\n|:4 |no output");
        bad.put("unknown-key", "- fly: away\n|:1 |fly");
        bad.put("not-a-list", "route:\n  id: site-not-a-list\n|:1 |must be a list");
        bad.put("empty", "# nothing left\n| was|it is empty");
        bad.put(
                "component",
                timer("site-component", "constant", "x").replace("timer:site-component", "nosuchthing:x")
                        + "|:4 |nosuchthing");
        bad.put(
                "option",
                timer("site-option", "constant", "x").replace("timer:site-option", "timer:x?perod=5") + "|:4 |perod");
        bad.put("expression", timer("site-expression", "simple", "${body") + "|site-|functionEnd");
        bad.put("function", timer("site-function", "simple", "${nosuch:x}") + "|site-|nosuch");
        bad.put("placeholder", timer("site-placeholder", "constant", "{{no.such.key}}") + "|site-|no.such.key");
        bad.put(
                "bean",
                timer("site-bean", "constant", "x")
                        + "        - bean:\n            ref: noSuchBean\n|site-|noSuchBean");
        bad.put(
                "step",
                timer("site-step", "constant", "x")
                        + "        - to:\n            uri: nosuchthing:x\n|:10 |nosuchthing");
        bad.put("broker", NO_BROKER.replace("site-without-broker", "site-broker") + "|:4 |bootstrap");
        bad.put(
                "same-input",
                timer("site-same-input", "constant", "x").replace("timer:site-same-input", "direct:own")
                        + "|site-|direct");
        bad.put(
                "one-of-two",
                timer("site-one-of-two", "constant", "new")
                        + timer("site-other", "constant", "x").replace("timer:", "nosuchthing:")
                        + "|:13 |nosuchthing");
        bad.put(
                "twice",
                timer("site-twice", "constant", "x") + timer("site-twice", "constant", "x")
                        + "|:|two routes of the id site-twice");
        bad.put(
                "others-id",
                timer("site-others-id", "constant", "x") + timer("site-at-start", "constant", "x")
                        + "|:|site-at-start is taken by");
        bad.put("binary", "\u0000\u0001\u0002- route|site-|special");
        bad.put("deep", "[".repeat(100_000) + "|site-|nested");
        bad.put("huge", "#".repeat(2_000_000) + "|site-|2000000 bytes");
        for (String name : bad.keySet()) {
            write("site-" + name + ".yaml", timer("site-" + name, "constant", "old"));
        }
        patiently().until(() -> bad.keySet().stream().allMatch(name -> isStarted("site-" + name)));
        Map<String, Route> before = new LinkedHashMap<>();
        bad.keySet().forEach(name -> before.put(name, camel.getRoute("site-" + name)));
        for (var entry : bad.entrySet()) {
            write("site-" + entry.getKey() + ".yaml", entry.getValue().split("\\|", -1)[0]);
        }
        patiently().untilAsserted(() -> {
            for (var entry : bad.entrySet()) {
                String[] expected = entry.getValue().split("\\|", -1);
                assertThat(lines(output.getAll(), "site-" + entry.getKey() + ".yaml"))
                        .filteredOn(line -> line.contains(" was refused, and its former routes go on: "))
                        .as(entry.getKey())
                        .singleElement()
                        .asString()
                        .contains(
                                " WARN ",
                                "site-" + entry.getKey() + ".yaml"
                                        + (expected[1].startsWith("site-") ? "" : expected[1]),
                                expected[2]);
            }
        });
        assertThat(output.getAll()).doesNotContain("\tat ");
        for (String name : bad.keySet()) {
            assertThat(isStarted("site-" + name)).as(name).isTrue();
            if (!name.equals("broker") && !name.equals("same-input")) {
                assertThat(camel.getRoute("site-" + name))
                        .as(name + " was not stopped")
                        .isSameAs(before.get(name));
            }
        }
        assertThat(camel.getRoutes()).extracting(Route::getRouteId).noneMatch(id -> id.contains("trial"));
        assertThat(camel.getRouteController().supervising().getRestartingRoutes())
                .extracting(Route::getRouteId)
                .isSubsetOf("site-without-broker");
        write("site-syntax.yaml", timer("site-syntax", "constant", "mended"));
        patiently().until(() -> isStarted("site-syntax") && camel.getRoute("site-syntax") != before.get("syntax"));
    }

    @Test
    @DisplayName("CP13 a route whose port is taken gives its place back, though it tells only after its start")
    void portInUse(CapturedOutput output) throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            write("port.yaml", timer("site-port", "constant", "old"));
            patiently().until(() -> isStarted("site-port"));
            String zeromq = "zeromq:tcp://127.0.0.1:" + taken.getLocalPort() + "?mode=bind&socketType=PULL";
            write("port.yaml", timer("site-port", "constant", "x").replace("timer:site-port", zeromq));
            patiently().until(() -> output.getAll().contains("port.yaml:4 was refused, and its former routes go on: "));
            assertThat(camel.getRoute("site-port").getEndpoint().getEndpointUri())
                    .startsWith("timer:");
            assertThat(isStarted("site-port")).isTrue();
        }
    }

    @Test
    @DisplayName("CP13 a route that takes the id of Caravan's own says so, and gives it back when its file goes")
    void takesTheIdOfOurs(CapturedOutput output) throws IOException {
        assertThat(answer("direct:own")).isEqualTo("ours");
        write("own.yaml", direct("own", "theirs"));
        patiently().until(() -> "theirs".equals(answer("direct:own")));
        patiently().untilAsserted(() -> assertThat(lines(output.getAll(), "own.yaml: its route own takes the place of"))
                .singleElement()
                .asString()
                .contains("WARN"));
        write("own.yaml", direct("own", "theirs again"));
        patiently().until(() -> "theirs again".equals(answer("direct:own")));
        write("own.yaml", direct("not-own", "theirs"));
        patiently().until(() -> isStarted("not-own"));
        assertThat(answer("direct:own")).isEqualTo("ours");
        write("own.yaml", direct("own", "theirs"));
        patiently().until(() -> "theirs".equals(answer("direct:own")));
        Files.delete(directory.resolve("own.yaml"));
        patiently().until(() -> "ours".equals(answer("direct:own")));
    }

    @Test
    @DisplayName("CP13 a renamed file's route is not stopped; a removed file's is")
    void renamedAndRemoved(CapturedOutput output) throws IOException {
        Path file = write("name.yaml", direct("site-name", "here"));
        patiently().until(() -> isStarted("site-name"));
        Route route = camel.getRoute("site-name");
        Files.move(file, directory.resolve("other-name.yaml"));
        patiently().until(() -> output.getAll().contains("name.yaml was renamed to other-name.yaml"));
        assertThat(camel.getRoute("site-name")).isSameAs(route);
        write("other-name.yaml", direct("site-name", "there"));
        patiently().until(() -> "there".equals(answer("direct:site-name")));
        Files.delete(directory.resolve("other-name.yaml"));
        patiently().until(() -> camel.getRoute("site-name") == null);
    }

    @Test
    @DisplayName("CP13 beans and templates of a refused file do not stay")
    void beansAndTemplates(CapturedOutput output) throws IOException {
        write("parts.yaml", parts("one") + templated("site-part", "part"));
        patiently().until(() -> isStarted("site-part"));
        assertThat(answer("direct:site-part")).isEqualTo("one");
        write("parts.yaml", parts("two") + templated("site-part", "nosuchtemplate"));
        patiently().until(() -> output.getAll().contains("parts.yaml was refused, and its former routes go on: "));
        assertThat(answer("direct:site-part")).isEqualTo("one");
        assertThat(camel.getRegistry().lookupByName("sitePart")).hasToString("one");
        write("parts.yaml", parts("three") + templated("site-part", "part"));
        patiently().until(() -> "three".equals(answer("direct:site-part")));
    }

    private static String parts(String text) {
        return """
                - beans:
                    - name: sitePart
                      type: routes.platform.config.site.RoutesDirectoryTest$Part
                      properties:
                        text: "%s"
                """
                        .formatted(text)
                + template("part", text);
    }

    private static String template(String id, String text) {
        return """
                - routeTemplate:
                    id: %s
                    parameters:
                      - name: input
                    from:
                      uri: "direct:{{input}}"
                      steps:
                        - setBody:
                            constant: %s
                """
                .formatted(id, text);
    }

    private static String templated(String id, String template) {
        return """
                - templatedRoute:
                    routeId: %s
                    routeTemplateRef: %s
                    parameters:
                      - name: input
                        value: %s
                """
                .formatted(id, template, id);
    }

    private static String timer(String id, String language, String expression) {
        return """
                - route:
                    id: %s
                    from:
                      uri: timer:%s
                      steps:
                        - setBody:
                            expression:
                              %s:
                                expression: "%s"
                """
                .formatted(id, id, language, expression);
    }

    private static String direct(String id, String text) {
        return timer(id, "constant", text).replace("timer:", "direct:");
    }

    private static List<String> lines(String output, String part) {
        return output.lines().filter(line -> line.contains(part)).toList();
    }

    private boolean isStarted(String id) {
        return camel.getRouteController().getRouteStatus(id) == ServiceStatus.Started;
    }

    private String answer(String uri) {
        try (var template = camel.createProducerTemplate()) {
            return template.requestBody(uri, "", String.class);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static ConditionFactory patiently() {
        return await().atMost(Duration.ofSeconds(30)).ignoreExceptions();
    }

    private Path write(String name, String yaml) throws IOException {
        return Files.write(directory.resolve(name), yaml.getBytes(StandardCharsets.UTF_8));
    }

    /** A bean of a site. */
    public static class Part {

        private String text;

        public void setText(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** Without @Configuration, so that no component scan of another test finds it. */
    @EnableAutoConfiguration
    @EnableConfigurationProperties(CaravanProperties.class)
    @Import(RoutesDirectory.class)
    static class Small {

        @Bean
        RouteBuilder ours() {
            return new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:own").routeId("own").setBody(constant("ours"));
                }
            };
        }
    }
}
