package routes.platform.errors;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;
import routes.platform.PlatformSlice;

import static org.assertj.core.api.Assertions.assertThat;

/** The API over HTTP, beside another contract whose base path is the beginning of ours. */
@TestPropertySource("classpath:no-local-services.properties")
@SpringBootTest(
        classes = DeadLetterApiTest.TestRoutes.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:dead-letter-api;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DB_CLOSE_DELAY=-1",
            "caravan.errors.requeue-interval=50ms",
            "camel.main.routes-include-pattern=classpath:camel/dead-letters.camel.yaml,classpath:dead-letters/neighbour.camel.yaml"
        })
class DeadLetterApiTest {

    @Autowired
    TestRestTemplate http;

    @Autowired
    ProducerTemplate send;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TestRoutes routes;

    @BeforeEach
    void empty() {
        jdbc.sql("delete from dead_letter").update();
        routes.broken.set(true);
        routes.seen.clear();
    }

    @Test
    @DisplayName("Contracts with the base paths /api/1 and /api/1/dead-letters live side by side")
    void twoContracts() {
        assertThat(http.getForObject("/api/1/neighbours", String.class)).isEqualTo("neighbours");
        assertThat(http.getForObject("/api/1/neighbours/7", String.class)).isEqualTo("neighbour 7");
        assertThat(get("/api/1/dead-letters").get("count").asLong()).isZero();
    }

    @Test
    @DisplayName("Dead letters are listed newest first, by filter and by page")
    void list() {
        fail("one");
        fail("two");
        fail("three");

        JsonNode page = get("/api/1/dead-letters?route=test-mended&limit=2");
        assertThat(page.get("count").asLong()).isEqualTo(3);
        assertThat(page.get("items")).hasSize(2);
        assertThat(page.get("items").get(0).get("id").asLong())
                .isGreaterThan(page.get("items").get(1).get("id").asLong());
        assertThat(get("/api/1/dead-letters?limit=2&offset=2").get("items")).hasSize(1);
        assertThat(count("exception=IllegalArgumentException")).isEqualTo(3);
        assertThat(count("exception=java.lang.IllegalArgumentException")).isEqualTo(3);
        assertThat(count("exception=ArgumentException")).isZero();
        assertThat(count("reason=100%25 BROKEN")).isEqualTo(3);
        assertThat(count("reason=100x")).isZero();
        assertThat(count("since=2020-01-01T00:00:00Z&until=2020-01-02T00:00:00Z"))
                .isZero();
        assertThat(count("since=2020-01-01T00:00:00Z&status=dead")).isEqualTo(3);
    }

    @Test
    @DisplayName("One letter shows every field of its contract, flat, with headers and body to be read")
    void show() {
        send.sendBodyAndHeaders("direct:test-mended", "text", Map.of("name", "n"));

        JsonNode letter = get("/api/1/dead-letters/" + onlyId());

        assertThat(letter.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "id",
                        "status",
                        "changedAt",
                        "failedAt",
                        "node",
                        "permanent",
                        "obstacle",
                        "requeueOf",
                        "routeId",
                        "endpointUri",
                        "failedRouteId",
                        "failedNodeId",
                        "failedEndpoint",
                        "exception",
                        "reason",
                        "stackTrace",
                        "exchangeId",
                        "correlationId",
                        "headers",
                        "bodyType",
                        "bodyDetail",
                        "bodySize",
                        "bodyEncoding",
                        "body");
        assertThat(letter.at("/headers/name/value").asText()).isEqualTo("n");
        assertThat(letter.get("body").asText()).isEqualTo("text");
        assertThat(letter.get("failedRouteId").asText()).isEqualTo("test-mended");
    }

    @Test
    @DisplayName("A requeued message goes through its route again as it was, and its letter is done")
    void requeue() {
        send.sendBodyAndHeaders("direct:test-mended", new byte[] {0, 1, -1}, Map.of("count", 7L, "name", "n"));
        long id = onlyId();
        assertThat(get("/api/1/dead-letters/" + id).get("bodyEncoding").asText())
                .isEqualTo("base64");

        routes.broken.set(false);
        assertThat(post("/api/1/dead-letters/" + id + "/requeue")).isEqualTo(HttpStatus.OK);

        awaitStatus(id, "requeued");
        assertThat(routes.seen).hasSize(1);
        assertThat(routes.seen.get(0).getMessage().getBody()).isEqualTo(new byte[] {0, 1, -1});
        assertThat(routes.seen.get(0).getMessage().getHeaders()).containsEntry("count", 7L);
    }

    @Test
    @DisplayName("A second requeue changes nothing, and neither does discarding what was sent")
    void requeueTwice() {
        fail("one");
        long id = onlyId();
        routes.broken.set(false);
        post("/api/1/dead-letters/" + id + "/requeue");
        awaitStatus(id, "requeued");

        assertThat(refused(HttpMethod.POST, "/" + id + "/requeue", 422)).contains("is requeued");
        assertThat(refused(HttpMethod.POST, "/" + id + "/discard", 422)).contains("is requeued");
        assertThat(routes.seen).hasSize(1);
    }

    @Test
    @DisplayName("A requeue that fails again leaves a new letter that points at the old one")
    void requeueFails() {
        fail("one");
        long id = onlyId();

        post("/api/1/dead-letters/" + id + "/requeue");

        awaitStatus(id, "requeued");
        JsonNode newest = get("/api/1/dead-letters?status=dead").get("items").get(0);
        assertThat(newest.get("requeueOf").asLong()).isEqualTo(id);
    }

    @Test
    @DisplayName("Bulk requeue takes what fits the filter, and refuses to take everything")
    void bulk() {
        fail("one");
        fail("two");
        routes.broken.set(false);

        post("/api/1/dead-letters/requeue?route=test-mended");

        Awaitility.await().until(() -> count("status=requeued") == 2);
        assertThat(refused(HttpMethod.POST, "/requeue", 422)).contains("at least one of route");
    }

    @Test
    @DisplayName("A discarded letter stays for the record")
    void discard() {
        fail("one");
        long id = onlyId();
        assertThat(post("/api/1/dead-letters/" + id + "/discard")).isEqualTo(HttpStatus.OK);
        assertThat(get("/api/1/dead-letters/" + id).get("status").asText()).isEqualTo("discarded");
    }

    @Test
    @DisplayName("Every wrong parameter is named; an unknown id is not found")
    void wrongInput() {
        JsonNode problem = http.getForObject("/api/1/dead-letters?limit=0&status=lost&since=yesterday", JsonNode.class);
        assertThat(problem.get("status").asInt()).isEqualTo(422);
        assertThat(problem.get("detail"))
                .extracting(field -> field.get("loc").get(1).asText())
                .containsExactlyInAnyOrder("limit", "status", "since");
        assertThat(refused(HttpMethod.GET, "/4711", 404)).contains("no dead letter 4711");
        assertThat(refused(HttpMethod.GET, "/x", 422)).contains("integer");
    }

    private void fail(String body) {
        send.sendBody("direct:test-mended", body);
    }

    private String refused(HttpMethod method, String path, int status) {
        ResponseEntity<String> answer = http.exchange("/api/1/dead-letters" + path, method, null, String.class);
        assertThat(answer.getStatusCode().value()).isEqualTo(status);
        return String.valueOf(answer.getBody());
    }

    private void awaitStatus(long id, String status) {
        Awaitility.await()
                .until(() ->
                        get("/api/1/dead-letters/" + id).get("status").asText().equals(status));
    }

    private long onlyId() {
        JsonNode items = get("/api/1/dead-letters").get("items");
        assertThat(items).hasSize(1);
        return items.get(0).get("id").asLong();
    }

    private long count(String query) {
        return get("/api/1/dead-letters?" + query.replace("%25", "%"))
                .get("count")
                .asLong();
    }

    private JsonNode get(String path) {
        return http.getForObject(path, JsonNode.class);
    }

    private HttpStatus post(String path) {
        return (HttpStatus)
                http.exchange(path, HttpMethod.POST, null, String.class).getStatusCode();
    }

    @Configuration
    @Import(PlatformSlice.class)
    static class TestRoutes {

        final AtomicBoolean broken = new AtomicBoolean(true);
        final List<Exchange> seen = new CopyOnWriteArrayList<>();

        @Bean
        RouteBuilder testRoutes() {
            return new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:test-mended").routeId("test-mended").process(exchange -> {
                        if (broken.get()) {
                            throw new IllegalArgumentException("100% broken");
                        }
                        seen.add(exchange.copy());
                    });
                    from("direct:list-neighbours").routeId("list-neighbours").setBody(constant("neighbours"));
                    from("direct:show-neighbour").routeId("show-neighbour").setBody(simple("neighbour ${header.id}"));
                }
            };
        }
    }
}
