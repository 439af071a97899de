package routes.component.redisstream;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheck;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** Redis goes away and comes back. */
@Timeout(120)
class RedisOutageTest {

    private static final int ENTRIES = 300;

    @RegisterExtension
    static final RedisServerExtension REDIS = new RedisServerExtension();

    private final String stream = "test:" + UUID.randomUUID();
    private final Map<String, AtomicInteger> seen = new ConcurrentHashMap<>();
    private TcpProxy network;
    private CamelRuntime camel;

    @BeforeEach
    void startCamel() throws Exception {
        network = new TcpProxy(REDIS.port());
        camel = new CamelRuntime("redis://127.0.0.1:" + network.port())
                .routes(new RouteBuilder() {
                    @Override
                    public void configure() {
                        errorHandler(noErrorHandler());
                        from("redis-stream:" + stream + "?group=g&concurrentConsumers=2&retryDelays=100ms")
                                .routeId("consumer")
                                .process(RedisOutageTest.this::see);
                        from("direct:add").to("redis-stream:" + stream);
                    }
                })
                .start();
    }

    @AfterEach
    void stopCamel() throws Exception {
        camel.close();
        network.close();
    }

    @Test
    @DisplayName("Redis stops under load and starts again: nothing is lost, what was done is not done again")
    void restart() throws Exception {
        addAll();
        eventually().until(() -> seen.size() > 20);

        REDIS.stop();
        HealthCheck health = camel.consumer("consumer").getHealthCheck();
        eventually().until(() -> health.call().getState() == HealthCheck.State.DOWN);
        REDIS.start();

        allArrive();
        eventually().until(() -> health.call().getState() == HealthCheck.State.UP);
        assertThat(seen.values()).allSatisfy(times -> assertThat(times.get()).isEqualTo(1));
    }

    @Test
    @DisplayName("the network breaks under load: nothing is lost")
    void networkBreaks() throws Exception {
        addAll();
        eventually().until(() -> seen.size() > 20);

        network.breakDown();
        eventually().until(() -> !camel.consumer("consumer").getTrouble().isEmpty());
        network.restore();

        allArrive();
    }

    @Test
    @DisplayName("the network swallows everything under load: noticed by time-out, and nothing is lost")
    void networkStalls() throws Exception {
        addAll();
        eventually().until(() -> seen.size() > 20);

        network.stall();
        eventually().until(() -> !camel.consumer("consumer").getTrouble().isEmpty());
        network.restore();

        allArrive();
    }

    @Test
    @DisplayName("a producer fails while Redis is away, and works again afterwards")
    void producerRecovers() throws Exception {
        network.breakDown();
        Exchange failed = send("lost");
        assertThat(failed.getException()).isNotNull();

        network.restore();
        Exchange added = send("found");
        assertThat(added.getException()).isNull();
        eventually().until(() -> seen.containsKey("found"));
    }

    private Exchange send(String body) {
        return camel.context()
                .createFluentProducerTemplate()
                .to("direct:add")
                .withBody(body)
                .send();
    }

    private void addAll() {
        for (int i = 0; i < ENTRIES; i++) {
            REDIS.redis().xadd(stream, "data", "entry " + i);
        }
    }

    private void allArrive() {
        eventually().until(() -> seen.size() == ENTRIES);
        eventually().until(() -> REDIS.pending(stream, "g") == 0);
    }

    private void see(Exchange exchange) throws InterruptedException {
        // a little work, so that the outage falls into it
        Awaitility.await().pollInterval(Duration.ofMillis(2)).until(() -> true);
        seen.computeIfAbsent(exchange.getIn().getBody(String.class), body -> new AtomicInteger())
                .incrementAndGet();
    }

    private static ConditionFactory eventually() {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .ignoreExceptions();
    }
}
