package routes.component.framestore;

import java.math.BigInteger;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.component.framestore.api.EntryKind;
import routes.component.framestore.api.FrameStore;
import routes.component.framestore.api.FrameStoreException;
import routes.component.framestore.api.FrameStoreFullException;
import routes.component.framestore.api.StoredEntry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** The store as routes see it. */
class FrameStoreComponentTest {

    @TempDir
    Path directory;

    private final CamelContext context = new DefaultCamelContext();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final FrameStoreComponent component = new FrameStoreComponent();
    private ProducerTemplate template;

    @BeforeEach
    void start() {
        component.getConfiguration().setDirectory(directory.toString());
        component.getConfiguration().setMinFreeSpace(0);
        context.addComponent("frame-store", component);
        context.getRegistry().bind("meters", MeterRegistry.class, meters);
        context.start();
        template = context.createProducerTemplate();
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    @DisplayName("what a producer appended is in the store as its headers describe it")
    void appends() {
        UUID anchor = new UUID(3, 0);
        append(keyframe(anchor, 2));
        long next = append(Map.of(FrameStoreConstants.SOURCE, "cam"));
        append(Map.of(FrameStoreConstants.SOURCE, "cam", FrameStoreConstants.KIND, "END_OF_STREAM"));

        assertThat(next).isEqualTo(1);
        StoredEntry first = component.store("test").entry("cam", 0).orElseThrow();
        assertThat(first.info().uuid()).isEqualTo(anchor);
        assertThat(first.parts()).containsExactly(new byte[10], new byte[20]);
        assertThat(component.store("test").entry("cam", 2).orElseThrow().info().kind())
                .isEqualTo(EntryKind.END_OF_STREAM);
    }

    @Test
    @DisplayName("consuming is refused with a hint at the Java API")
    void isProducerOnly() {
        assertThatThrownBy(() -> context.getEndpoint("frame-store:test").createConsumer(exchange -> {}))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("Java API");
    }

    @Test
    @DisplayName("a list of entries is appended together, and its indices are answered")
    void appendsList() {
        Object indices = template.request("frame-store:test", exchange -> exchange.getMessage()
                        .setBody(List.of(
                                Recording.entry("a", EntryKind.FRAME, "1"),
                                Recording.entry("a", EntryKind.FRAME, "2"))))
                .getMessage()
                .getHeader(FrameStoreConstants.INDEX);

        assertThat(indices).isEqualTo(List.of(0L, 1L));
        assertThat(component.store("test").entry("a", 1)).isPresent();
    }

    @Test
    @DisplayName("an exchange without source is refused, and names the header")
    void needsSource() {
        assertThatThrownBy(() -> template.sendBody("frame-store:test", new byte[1]))
                .isInstanceOf(CamelExecutionException.class)
                .rootCause()
                .hasMessageContaining(FrameStoreConstants.SOURCE);
    }

    @Test
    @DisplayName("endpoints of a name share a store, but not with other options")
    void shares() {
        append(Map.of(FrameStoreConstants.SOURCE, "cam"));

        assertThat(component.store("test").entry("cam", 0)).isPresent();
        assertThatThrownBy(() -> template.sendBody("frame-store:test?ttl=1m", new byte[1]))
                .hasStackTraceContaining("open with other options");
        assertThatThrownBy(() -> context.getEndpoint("frame-store:../elsewhere"))
                .hasStackTraceContaining("needs the name of its store");
    }

    @Test
    @DisplayName("the store is closed with the context, and can be opened by the next")
    void closes() {
        append(Map.of(FrameStoreConstants.SOURCE, "cam"));
        FrameStore store = component.store("test");
        context.stop();

        assertThatThrownBy(() -> store.entry("cam", 0)).isInstanceOf(FrameStoreException.class);
        try (Recording again = new Recording(directory.resolve("test"))) {
            assertThat(again.indices("cam")).containsExactly(0L);
        }
    }

    @Test
    @DisplayName("the meters tell what happened and what there is")
    void meters() {
        append(Map.of(FrameStoreConstants.SOURCE, "cam"));

        assertThat(meters.get("frame.store.entries")
                        .tags("store", "test", "outcome", "appended")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(meters.get("frame.store.stored.entries").gauge().value()).isEqualTo(1);
        assertThat(meters.get("frame.store.free.bytes").gauge().value()).isPositive();
        assertThat(meters.get("frame.store.expired.bytes").gauge().value()).isZero();
    }

    @Test
    @DisplayName("the health check of a store is DOWN with the reason while the store takes nothing in")
    void health() throws Exception {
        component.getConfiguration().setMinFreeSpace(Long.MAX_VALUE);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to("frame-store:full");
            }
        });
        HealthCheck check = HealthCheckHelper.getHealthCheck(context, "frame-store:full");

        assertThat(check.call().getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(check.call().getMessage().orElseThrow()).contains("frame store full");
    }

    @Test
    @DisplayName("exchanges brought without waiting go on in the order of their appends, off the writer's thread")
    void completesInOrder() throws Exception {
        AsyncProducer producer = context.getEndpoint("frame-store:test").createAsyncProducer();
        producer.start();
        List<Object> completed = new CopyOnWriteArrayList<>();
        Set<String> threads = ConcurrentHashMap.newKeySet();
        CountDownLatch done = new CountDownLatch(2_000);
        for (int i = 0; i < 2_000; i++) {
            Exchange exchange = frame(producer);
            assertThat(producer.process(exchange, synchronously -> {
                        completed.add(exchange.getMessage().getHeader(FrameStoreConstants.INDEX));
                        threads.add(Thread.currentThread().getName());
                        done.countDown();
                    }))
                    .isFalse();
        }

        assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(threads).singleElement().asString().contains("appended");
        assertThat(completed).isEqualTo(LongStream.range(0, 2_000).boxed().toList());
    }

    @Test
    @DisplayName("a route that blocks after its append holds up neither appends nor other routes")
    void blockedRouteBlocksNobody() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:slow").to("frame-store:test").process(exchange -> release.await());
            }
        });
        CompletableFuture<Exchange> slow = template.asyncSend("direct:slow", this::frame);
        await().until(() -> component.store("test").entry("cam", 0).isPresent());

        assertThat(append(Map.of(FrameStoreConstants.SOURCE, "cam"))).isEqualTo(1);
        assertThat(slow).isNotDone();
        release.countDown();
        assertThat(slow.get(20, TimeUnit.SECONDS).getException()).isNull();
    }

    @Test
    @DisplayName("an append that fails fails its exchange, and a stopped producer leaves none hanging")
    void failsAndEnds() throws Exception {
        component.getConfiguration().setMinFreeSpace(Long.MAX_VALUE);
        AsyncProducer producer = context.getEndpoint("frame-store:full").createAsyncProducer();
        producer.start();

        assertThat(processed(producer).getException()).isInstanceOf(FrameStoreFullException.class);
        producer.stop();
        assertThat(processed(producer).getException()).isInstanceOf(FrameStoreFullException.class);
    }

    private Exchange processed(AsyncProducer producer) throws Exception {
        CompletableFuture<Exchange> done = new CompletableFuture<>();
        Exchange exchange = frame(producer);
        producer.process(exchange, synchronously -> done.complete(exchange));
        return done.get(20, TimeUnit.SECONDS);
    }

    private Exchange frame(AsyncProducer producer) {
        Exchange exchange = producer.getEndpoint().createExchange();
        frame(exchange);
        return exchange;
    }

    private void frame(Exchange exchange) {
        exchange.getMessage().setBody(new byte[100]);
        exchange.getMessage().setHeader(FrameStoreConstants.SOURCE, "cam");
    }

    private Map<String, Object> keyframe(UUID uuid, long second) {
        return Map.of(
                FrameStoreConstants.SOURCE,
                "cam",
                FrameStoreConstants.KIND,
                EntryKind.KEYFRAME,
                FrameStoreConstants.UUID,
                uuid,
                FrameStoreConstants.CREATED,
                BigInteger.valueOf(second * 1_000_000_000));
    }

    private long append(Map<String, Object> headers) {
        return template.request("frame-store:test", exchange -> {
                    exchange.getMessage().setBody(List.of(new byte[10], new byte[20]));
                    exchange.getMessage().setHeaders(new HashMap<>(headers));
                })
                .getMessage()
                .getHeader(FrameStoreConstants.INDEX, Long.class);
    }
}
