package routes.platform.security;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;

import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import routes.Caravan;

import static org.assertj.core.api.Assertions.assertThat;

/** What an operator sees in a browser, and what Hawtio's own requests get to see. */
@Tag("peer")
class HawtioIT {

    /** Kept after the run, for people. */
    private static final Path SCREENSHOT = Path.of("target", "hawtio.png");

    @TempDir
    private static Path scratch;

    private static ConfigurableApplicationContext caravan;
    private static String base;

    @BeforeAll
    static void start() {
        caravan = new SpringApplicationBuilder(Caravan.class, ExampleRoutes.class)
                .run(
                        "--server.port=0",
                        "--replay.enabled=false",
                        "--spring.datasource.url=jdbc:h2:mem:hawtio",
                        "--caravan.local.redis.port=0",
                        "--caravan.local.s3.port=0",
                        "--caravan.local.jms.port=0",
                        "--caravan.data-dir=" + scratch.resolve("data"),
                        "--caravan.routes-directory=" + scratch.resolve("routes.d"));
        base = "http://localhost:" + caravan.getEnvironment().getProperty("local.server.port") + "/actuator/";
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
                .contains(">caravan<", ">routes<", ">imaging<", ">example-group<");
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

    static class ExampleRoutes extends RouteBuilder {

        @Override
        public void configure() {
            from("timer:example?period=1000")
                    .routeId("example-tick")
                    .routeGroup("example-group")
                    .description("Shows itself in Hawtio")
                    .log("tick");
        }
    }
}
