package routes.platform.health;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import routes.platform.rest.RestTest;

import static org.assertj.core.api.Assertions.assertThat;

@RestTest
class StageHealthTest {

    @LocalServerPort
    private int port;

    @Autowired
    private CamelContext camel;

    @Autowired
    private ObjectMapper mapper;

    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeEach
    void addRoutes() throws Exception {
        camel.getPropertiesComponent().addOverrideProperty("test.ingest.enabled", "true");
        camel.getPropertiesComponent().addOverrideProperty("test.upload.enabled", "false");
        camel.getPropertiesComponent().addOverrideProperty("test.tape.enabled", "false");
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:test-read")
                        .routeId("test-read")
                        .autoStartup("{{test.ingest.enabled}}")
                        .log("read");
                from("direct:test-off")
                        .routeId("test-off")
                        .autoStartup("{{test.upload.enabled}}")
                        .log("off");
                from("seda:test-switched-off")
                        .routeId("test-switched-off")
                        .autoStartup("{{test.tape.enabled}}")
                        .to("direct:test-serve");
                from("direct:test-serve").routeId("test-serve").log("serves");
            }
        });
    }

    @AfterEach
    void removeRoutes() throws Exception {
        for (String id : new String[] {"test-read", "test-off", "test-switched-off", "test-serve"}) {
            camel.getRouteController().stopRoute(id);
            camel.removeRoute(id);
        }
    }

    @Test
    @DisplayName("O06 a stage is up while its routes run, and a stage switched off is shown as that")
    void upAndDisabled() throws Exception {
        JsonNode test = stages().path("test").path("components");

        assertThat(test.at("/ingest/status").asText()).isEqualTo("UP");
        assertThat(test.at("/upload/status").asText()).isEqualTo("DISABLED");
        assertThat(get("/health/ready").statusCode()).isEqualTo(204);
    }

    @Test
    @DisplayName(
            "CP19 a stage whose key is false is disabled, though the routes that it calls run, until one is started")
    void switchedOff() throws Exception {
        assertThat(stages().at("/test/components/tape/status").asText()).isEqualTo("DISABLED");
        assertThat(get("/health/ready").statusCode()).isEqualTo(204);

        camel.getRouteController().startRoute("test-switched-off");
        assertThat(stages().at("/test/components/tape/status").asText()).isEqualTo("UP");
    }

    @Test
    @DisplayName("O06 a stage whose route has died is down, names it, and makes the process not ready")
    void down() throws Exception {
        camel.getRouteController().stopRoute("test-read");

        JsonNode ingest = stages().at("/test/components/ingest");
        assertThat(ingest.path("status").asText()).isEqualTo("DOWN");
        assertThat(ingest.at("/details/test-read").asText()).contains("Stopped");
        HttpResponse<String> ready = get("/health/ready");
        assertThat(ready.statusCode()).isEqualTo(503);
        assertThat(mapper.readTree(ready.body()).path("detail").asText())
                .isEqualTo("Not ready: stages (test (ingest))");
        assertThat(ready.headers().firstValue("Retry-After")).isPresent();
        assertThat(get("/health").statusCode()).isEqualTo(204);
        assertThat(get("/actuator/health/liveness").statusCode()).isEqualTo(200);

        camel.getRouteController().startRoute("test-read");
        assertThat(get("/health/ready").statusCode()).isEqualTo(204);
    }

    @Test
    @DisplayName("Each stage has an address of its own, the APIs of contracts are stages too")
    void addresses() throws Exception {
        assertThat(get("/actuator/health/stages/test/ingest").statusCode()).isEqualTo(200);
        assertThat(stages().at("/imaging/components/api/status").asText()).isEqualTo("UP");
        assertThat(stages().at("/platform/components/api/status").asText()).isEqualTo("UP");
    }

    @Test
    @DisplayName("Prometheus counts the exchanges of each route")
    void metrics() throws Exception {
        camel.createProducerTemplate().sendBody("direct:test-read", "x");

        HttpResponse<String> metrics = get("/actuator/prometheus");
        assertThat(metrics.statusCode()).isEqualTo(200);
        assertThat(metrics.body().lines())
                .anyMatch(line -> line.startsWith("camel_exchanges_succeeded_total{")
                        && line.contains("routeId=\"test-read\"")
                        && line.contains("1.0"))
                .anyMatch(line -> line.startsWith("camel_exchanges_inflight{") && line.contains("\"test-read\""));
    }

    private JsonNode stages() throws Exception {
        return mapper.readTree(get("/actuator/health/stages").body()).path("components");
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
