package routes.component.redisstream;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.management.ObjectName;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** The component as users and operators meet it: YAML, JMX, meters. */
@Timeout(60)
class RedisStreamIntegrationTest {

    @RegisterExtension
    static final RedisServerExtension REDIS = new RedisServerExtension();

    private final String stream = "test:" + UUID.randomUUID();
    private final List<String> seen = Collections.synchronizedList(new ArrayList<>());
    private final CamelRuntime camel = new CamelRuntime(REDIS.url());

    @AfterEach
    void stopCamel() {
        camel.close();
    }

    @Test
    @DisplayName("a YAML route can produce, consume and reject")
    void yaml() throws Exception {
        camel.context().getRegistry().bind("seen", (Processor) this::see);
        PluginHelper.getRoutesLoader(camel.context())
                .loadRoutes(ResourceHelper.fromString(
                        "stream.camel.yaml",
                        """
                                - route:
                                    id: produce
                                    from:
                                      uri: direct:produce
                                      steps:
                                        - to:
                                            uri: redis-stream:%1$s
                                - route:
                                    id: consume
                                    from:
                                      uri: redis-stream:%1$s
                                      parameters:
                                        group: yaml
                                        count: "1"
                                        retryDelays: 10s,1m
                                      steps:
                                        - process:
                                            ref: seen
                                        - setProperty:
                                            name: CamelRedisStreamReject
                                            expression:
                                              simple:
                                                expression: "no ${body} wanted"
                                """
                                .formatted(stream)));
        camel.start();

        send("direct:produce", "tea");

        eventually(() -> REDIS.entries(stream + ":dead").size() == 1);
        assertThat(seen).containsExactly("tea");
        assertThat(REDIS.entries(stream + ":dead").get(0)).containsEntry("dead.reason", "no tea wanted");
    }

    @Test
    @DisplayName("JMX shows statistics of the consumer, and no endpoint shows the password")
    void jmx() throws Exception {
        consuming();
        send("redis-stream:" + stream, "one");
        eventually(() -> camel.consumer("consumer").getAcknowledged() == 1);

        Set<ObjectName> names = ManagementFactory.getPlatformMBeanServer()
                .queryNames(new ObjectName("org.apache.camel:type=consumers,*"), null);
        ObjectName consumer = names.stream()
                .filter(name -> camel.context().getName().equals(unquoted(name.getKeyProperty("context"))))
                .findFirst()
                .orElseThrow();
        assertThat(ManagementFactory.getPlatformMBeanServer().getAttribute(consumer, "Acknowledged"))
                .isEqualTo(1L);
        assertThat(ManagementFactory.getPlatformMBeanServer().getAttribute(consumer, "Stream"))
                .isEqualTo(stream);
        RedisStreamEndpoint secret = camel.context()
                .getEndpoint(
                        "redis-stream:x?redisUrl=RAW(rediss://me:hush@redis.example:6380/2)",
                        RedisStreamEndpoint.class);
        assertThat(secret.getServiceUrl()).isEqualTo("redis.example:6380");
        assertThat(secret.toString()).doesNotContain("hush");
    }

    @Test
    @DisplayName("with a MeterRegistry outcomes are counted and the group is measured")
    void meters() throws Exception {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        camel.context().getRegistry().bind("meters", meters);
        consuming();
        send("redis-stream:" + stream, "one");

        eventually(() -> meters.get("redis.stream.entries")
                        .tag("outcome", "acked")
                        .tag("stream", stream)
                        .tag("group", "g")
                        .counter()
                        .count()
                == 1);
        eventually(() -> meters.get("redis.stream.length").gauge().value() == 1);
    }

    private void consuming() throws Exception {
        camel.routes(new RouteBuilder() {
                    @Override
                    public void configure() {
                        from("redis-stream:" + stream + "?group=g")
                                .routeId("consumer")
                                .process(RedisStreamIntegrationTest.this::see);
                    }
                })
                .start();
    }

    private void send(String uri, String body) {
        camel.context()
                .createFluentProducerTemplate()
                .to(uri)
                .withBody(body)
                .withHeaders(Map.of())
                .send();
    }

    private void see(Exchange exchange) {
        seen.add(exchange.getIn().getBody(String.class));
    }

    private static String unquoted(String text) {
        return text.startsWith("\"") ? ObjectName.unquote(text) : text;
    }

    private static void eventually(java.util.concurrent.Callable<Boolean> condition) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(20))
                .until(condition);
    }
}
