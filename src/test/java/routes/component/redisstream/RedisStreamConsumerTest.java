package routes.component.redisstream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.lettuce.core.Consumer;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.XAddArgs;
import io.lettuce.core.XClaimArgs;
import io.lettuce.core.XGroupCreateArgs;
import io.lettuce.core.XReadArgs.StreamOffset;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.support.AsyncProcessorSupport;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import routes.component.redisstream.stream.StreamEntry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The consumer against a real Redis, one stream a test. */
@Timeout(60)
class RedisStreamConsumerTest {

    @RegisterExtension
    static final RedisServerExtension REDIS = new RedisServerExtension();

    private final String stream = "test:" + UUID.randomUUID();
    private final String dead = stream + ":dead";
    private final List<String> seen = Collections.synchronizedList(new ArrayList<>());
    private final List<CamelRuntime> runtimes = new ArrayList<>();

    @AfterEach
    void stopCamel() {
        runtimes.forEach(CamelRuntime::close);
    }

    @Test
    @DisplayName("an entry reaches the route with its headers, and is acknowledged afterwards")
    void readsAndAcknowledges() throws Exception {
        List<Exchange> received = Collections.synchronizedList(new ArrayList<>());
        CamelRuntime camel = consuming("", received::add);

        String id = add("hello");

        eventually().until(() -> received.size() == 1);
        assertThat(received.get(0).getIn().getBody()).isEqualTo("hello");
        assertThat(received.get(0).getIn().getHeaders())
                .containsEntry(RedisStreamConstants.ID, id)
                .containsEntry(RedisStreamConstants.STREAM, stream)
                .containsEntry(RedisStreamConstants.GROUP, "g")
                .containsEntry(RedisStreamConstants.CONSUMER, "tester")
                .containsEntry(RedisStreamConstants.DELIVERIES, 1L)
                .containsEntry(
                        RedisStreamConstants.TIMESTAMP, StreamEntry.timeOf(id).toEpochMilli());
        eventually().until(() -> pending() == 0);
        eventually().until(() -> camel.consumer("consumer").getAcknowledged() == 1);
        assertThat(camel.consumer("consumer").getInFlight()).isZero();
    }

    @Test
    @DisplayName("entries added before the first consumer are read, from the oldest on")
    void beginsAtTheOldest() throws Exception {
        add("1");
        add("2");

        consuming("", this::see);

        eventually().until(() -> seen.equals(List.of("1", "2")));
    }

    @Test
    @DisplayName("threads of one consumer process entries in parallel")
    void processesInParallel() throws Exception {
        CyclicBarrier allThree = new CyclicBarrier(3);
        for (int i = 0; i < 3; i++) {
            add("entry " + i);
        }

        consuming("&concurrentConsumers=3&count=1", exchange -> {
            allThree.await(10, TimeUnit.SECONDS);
            see(exchange);
        });

        eventually().until(() -> seen.size() == 3);
        eventually().until(() -> pending() == 0);
    }

    @Test
    @DisplayName("two consumers of a group share its entries, each processed once")
    void consumersShare() throws Exception {
        List<String> seenByOther = Collections.synchronizedList(new ArrayList<>());
        consuming("&consumerName=one&count=1", this::see);
        consuming("&consumerName=other&count=1", exchange -> seenByOther.add(body(exchange)));

        for (int i = 0; i < 300; i++) {
            add("entry " + i);
        }

        eventually().until(() -> seen.size() + seenByOther.size() >= 300);
        eventually().until(() -> pending() == 0);
        assertThat(seen).isNotEmpty().doesNotContainAnyElementsOf(seenByOther);
        assertThat(seenByOther).isNotEmpty();
        assertThat(seen.size() + seenByOther.size()).isEqualTo(300);
    }

    @Test
    @DisplayName("an exchange that goes on asynchronously is acknowledged when it ends, and holds up nobody")
    void acknowledgesAsynchronously() throws Exception {
        LinkedBlockingQueue<AsyncCallback> unfinished = new LinkedBlockingQueue<>();
        consuming("", new AsyncProcessorSupport() {
            @Override
            public boolean process(Exchange exchange, AsyncCallback callback) {
                unfinished.add(callback);
                return false;
            }
        });

        add("1");
        add("2");

        eventually().until(() -> unfinished.size() == 2);
        assertThat(pending()).isEqualTo(2);
        unfinished.remove().done(false);
        eventually().until(() -> pending() == 1);
        unfinished.remove().done(false);
        eventually().until(() -> pending() == 0);
    }

    @Test
    @DisplayName("a failing entry is tried again after its delay while others flow")
    void retriesWithoutBlocking() throws Exception {
        List<Long> deliveries = Collections.synchronizedList(new ArrayList<>());
        CamelRuntime camel = consuming("&retryDelays=300ms,600ms&retryJitter=0", exchange -> {
            if ("bad".equals(body(exchange))) {
                deliveries.add(exchange.getIn().getHeader(RedisStreamConstants.DELIVERIES, Long.class));
                if (deliveries.size() < 3) {
                    throw new IllegalStateException("not yet");
                }
            }
            see(exchange);
        });

        add("bad");
        add("good");

        eventually().until(() -> seen.equals(List.of("good", "bad")));
        assertThat(deliveries).containsExactly(1L, 2L, 3L);
        eventually().until(() -> pending() == 0);
        assertThat(camel.consumer("consumer").getFailed()).isEqualTo(2);
        assertThat(camel.consumer("consumer").getRedelivered()).isEqualTo(2);
    }

    @Test
    @DisplayName("R03 after maxDeliveries an entry is dead, with the reason, and others go on")
    void dies() throws Exception {
        consuming("&maxDeliveries=2&retryDelays=50ms", exchange -> {
            see(exchange);
            if ("bad".equals(body(exchange))) {
                throw new IllegalStateException("no way");
            }
        });

        String id = add("bad");
        add("good");

        eventually().until(() -> pending() == 0 && !REDIS.entries(dead).isEmpty());
        assertThat(seen).containsExactlyInAnyOrder("bad", "bad", "good");
        assertThat(REDIS.entries(dead)).singleElement().satisfies(entry -> assertThat(entry)
                .containsEntry("data", "bad")
                .containsEntry("dead.id", id)
                .containsEntry("dead.stream", stream)
                .containsEntry("dead.group", "g")
                .containsEntry("dead.consumer", "tester")
                .containsEntry("dead.deliveries", "2")
                .containsKey("dead.time")
                .hasEntrySatisfying("dead.reason", reason -> assertThat(reason)
                        .isEqualTo("gave up after 2 deliveries: java.lang.IllegalStateException: no way")));
    }

    @Test
    @DisplayName("a failure makes an entry dead once it is older than deadAfter")
    void diesOfAge() throws Exception {
        REDIS.redis().xadd(stream, new XAddArgs().id("1000-0"), Map.of("data", "old"));

        consuming("&deadAfter=1h&maxDeliveries=0", exchange -> {
            throw new IllegalStateException("still not");
        });

        eventually().until(() -> REDIS.entries(dead).size() == 1);
        assertThat(REDIS.entries(dead).get(0).get("dead.reason")).contains("1 deliveries", "still not");
    }

    @Test
    @DisplayName("R03 an entry the route rejects is dead at once, although the exchange succeeded")
    void rejectedByRoute() throws Exception {
        consuming("", exchange -> {
            see(exchange);
            exchange.setProperty(RedisStreamConstants.REJECT, "timestamp has no offset");
        });

        add("bad");

        eventually().until(() -> pending() == 0 && REDIS.entries(dead).size() == 1);
        assertThat(seen).hasSize(1);
        assertThat(REDIS.entries(dead).get(0)).containsEntry("dead.reason", "timestamp has no offset");
    }

    @Test
    @DisplayName("R03 an exception listed in rejectOn, also as a cause, makes an entry dead at once")
    void rejectedByException() throws Exception {
        consuming("&rejectOn=java.lang.IllegalArgumentException", exchange -> {
            see(exchange);
            throw new IllegalStateException(new NumberFormatException("x is no number"));
        });

        add("bad");

        eventually().until(() -> REDIS.entries(dead).size() == 1);
        assertThat(seen).hasSize(1);
        assertThat(REDIS.entries(dead).get(0).get("dead.reason")).contains("x is no number");
    }

    @Test
    @DisplayName("an entry whose last allowed delivery killed the process is dead instead of being tried again")
    void killerIsDead() throws Exception {
        deliverTo("tester", "killer");
        REDIS.redis()
                .xclaim(
                        stream,
                        Consumer.from("g", "tester"),
                        new XClaimArgs().retryCount(10).minIdleTime(0),
                        REDIS.redis()
                                .xrange(stream, io.lettuce.core.Range.unbounded())
                                .get(0)
                                .getId());

        consuming("", this::see);

        eventually().until(() -> REDIS.entries(dead).size() == 1);
        assertThat(seen).isEmpty();
        assertThat(REDIS.entries(dead).get(0)).containsEntry("dead.deliveries", "10");
    }

    @Test
    @DisplayName("a consumer that starts again takes up what it had not finished")
    void takesUpOwn() throws Exception {
        deliverTo("tester", "unfinished");

        consuming("", this::see);

        eventually().until(() -> seen.equals(List.of("unfinished")));
        eventually().until(() -> pending() == 0);
    }

    @Test
    @DisplayName("R04 entries of a killed consumer are processed by another")
    void reclaims() throws Exception {
        deliverTo("killed", "orphan");

        CamelRuntime camel = consuming("&claimMinIdle=500ms&claimInterval=200ms", this::see);

        eventually().until(() -> seen.equals(List.of("orphan")));
        eventually().until(() -> pending() == 0);
        assertThat(camel.consumer("consumer").getClaimed()).isEqualTo(1);
    }

    @Test
    @DisplayName("an entry at work for longer than claimMinIdle is not stolen, nor processed twice")
    void keepsWhatIsAtWork() throws Exception {
        CountDownLatch finish = new CountDownLatch(1);
        String options = "&claimMinIdle=600ms&claimInterval=100ms";
        consuming(options + "&consumerName=slow", exchange -> {
            see(exchange);
            finish.await(30, TimeUnit.SECONDS);
        });
        add("long work");
        eventually().until(() -> seen.size() == 1);
        CamelRuntime other = consuming(options + "&consumerName=other", this::see);

        Awaitility.await()
                .during(Duration.ofSeconds(3))
                .atMost(Duration.ofSeconds(5))
                .until(() -> seen.size() == 1);

        assertThat(other.consumer("consumer").getClaimed()).isZero();
        finish.countDown();
        eventually().until(() -> pending() == 0);
    }

    @Test
    @DisplayName("reading pauses while maxInFlight entries wait for their retry")
    void backPressure() throws Exception {
        AtomicBoolean works = new AtomicBoolean();
        CamelRuntime camel = consuming("&maxInFlight=5&retryDelays=1s&maxDeliveries=0", exchange -> {
            see(exchange);
            if (!works.get()) {
                throw new IllegalStateException("database down");
            }
        });
        for (int i = 0; i < 20; i++) {
            add("entry " + i);
        }

        eventually().until(() -> camel.consumer("consumer").getRedelivered() >= 5);
        assertThat(seen.stream().distinct()).hasSize(5);
        assertThat(pending()).isEqualTo(5);

        works.set(true);
        eventually().until(() -> seen.stream().distinct().count() == 20 && pending() == 0);
    }

    @Test
    @DisplayName("R01 after FLUSHALL the group is made again and new entries are read")
    void survivesFlush() throws Exception {
        consuming("", this::see);
        add("before");
        eventually().until(() -> pending() == 0 && seen.size() == 1);

        REDIS.redis().flushall();
        add("after");

        eventually().until(() -> seen.equals(List.of("before", "after")));
        eventually().until(() -> pending() == 0);
    }

    @Test
    @DisplayName("a pending entry whose data was deleted is acknowledged and counted")
    void acknowledgesDeleted() throws Exception {
        String id = deliverTo("tester", "gone");
        REDIS.redis().xdel(stream, id);

        CamelRuntime camel = consuming("", this::see);

        eventually().until(() -> camel.consumer("consumer").getDeleted() == 1);
        assertThat(pending()).isZero();
        assertThat(seen).isEmpty();
    }

    @Test
    @DisplayName("a suspended consumer does not read; resumed it goes on")
    void suspends() throws Exception {
        CamelRuntime camel = consuming("", this::see);
        eventually().until(() -> camel.consumer("consumer").trouble().isEmpty() && groupExists());

        camel.context().getRouteController().suspendRoute("consumer");
        add("meanwhile");
        Awaitility.await()
                .during(Duration.ofSeconds(1))
                .atMost(Duration.ofSeconds(3))
                .until(() -> seen.isEmpty() && pending() == 0);

        camel.context().getRouteController().resumeRoute("consumer");
        eventually().until(() -> seen.equals(List.of("meanwhile")));
    }

    @Test
    @DisplayName("O04 stopping finishes what is at work, and leaves the rest to others")
    void stops() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch finish = new CountDownLatch(1);
        CamelRuntime camel = consuming("&count=10", exchange -> {
            begun.countDown();
            finish.await(10, TimeUnit.SECONDS);
            see(exchange);
        });
        for (int i = 0; i < 5; i++) {
            add("entry " + i);
        }
        begun.await(10, TimeUnit.SECONDS);

        Thread stopper = new Thread(camel::close);
        stopper.start();
        eventually().until(() -> camel.context().isStopping());
        finish.countDown();
        stopper.join();

        int first = seen.size();
        assertThat(first).isPositive();
        assertThat(pending() + first).isLessThanOrEqualTo(5);
        consuming("&consumerName=other&claimInterval=100ms", this::see);
        eventually().until(() -> seen.size() == 5 && pending() == 0);
        assertThat(seen).doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("an entry with several fields becomes a map; the data form with further fields can be headers")
    void bodyTypes() throws Exception {
        List<Exchange> received = Collections.synchronizedList(new ArrayList<>());
        consuming("", received::add);
        REDIS.redis().xadd(stream, Map.of("a", "1", "b", "2"));

        eventually().until(() -> received.size() == 1);
        assertThat(received.get(0).getIn().getBody()).isEqualTo(Map.of("a", "1", "b", "2"));
    }

    @Test
    @DisplayName("fields named like Camel's own headers never become headers, however spelled")
    void hostileFields() throws Exception {
        List<Exchange> received = Collections.synchronizedList(new ArrayList<>());
        consuming("&bodyType=data", received::add);
        REDIS.redis()
                .xadd(
                        stream,
                        Map.of(
                                "data", "text",
                                "colour", "blue",
                                "CamelRedisStreamReject", "1",
                                "cAmElHttpUri", "2",
                                "camelFileName", "3"));

        eventually().until(() -> received.size() == 1);
        assertThat(received.get(0).getIn().getBody()).isEqualTo("text");
        assertThat(received.get(0).getIn().getHeaders())
                .containsEntry("colour", "blue")
                .doesNotContainKeys(RedisStreamConstants.REJECT, "CamelHttpUri", "camelFileName");
        eventually().until(() -> pending() == 0);
        assertThat(REDIS.entries(dead)).isEmpty();
    }

    @Test
    @DisplayName("O06 a key of another type: health is DOWN with the reason, the error handler hears of it once")
    void wrongType() throws Exception {
        AtomicInteger bridged = new AtomicInteger();
        REDIS.redis().set(stream, "not a stream");
        CamelRuntime camel = runtime()
                .routes(new RouteBuilder() {
                    @Override
                    public void configure() {
                        onException(Exception.class).handled(true).process(exchange -> bridged.incrementAndGet());
                        from("redis-stream:" + stream + "?group=g&bridgeErrorHandler=true")
                                .routeId("consumer")
                                .process(RedisStreamConsumerTest.this::see);
                    }
                })
                .start();

        HealthCheck health = camel.consumer("consumer").getHealthCheck();
        eventually().until(() -> health.call().getState() == HealthCheck.State.DOWN);
        assertThat(health.call().getMessage())
                .hasValueSatisfying(message -> assertThat(message).contains(stream, "WRONGTYPE"));
        eventually().until(() -> bridged.get() == 1);

        REDIS.redis().del(stream);
        add("at last");
        eventually().until(() -> seen.equals(List.of("at last")));
        eventually().until(() -> health.call().getState() == HealthCheck.State.UP);
        assertThat(bridged).hasValue(1);
    }

    @Test
    @DisplayName("what is missing or wrong in the URI is named")
    void refusesWrongOptions() {
        assertThatThrownBy(() -> starting("redis-stream:" + stream)).hasStackTraceContaining("needs the option group");
        assertThatThrownBy(() -> starting("redis-stream:" + stream + "?group=g&retryJitter=7"))
                .hasStackTraceContaining("retryJitter must be between 0 and 1");
        assertThatThrownBy(() -> starting("redis-stream:" + stream + "?group=g&redisUrl=RAW(mysql://me:secret@x)"))
                .hasStackTraceContaining("redisUrl is not an address of Redis");
    }

    @Test
    @DisplayName("two consumers of one process cannot have the same name in one group")
    void refusesTwins() throws Exception {
        consuming("", this::see);
        CamelRuntime camel = runtimes.get(0);

        assertThatThrownBy(() -> camel.routes(new RouteBuilder() {
                    @Override
                    public void configure() {
                        from("redis-stream:" + stream + "?group=g&count=3").to("mock:x");
                    }
                }))
                .hasStackTraceContaining("give one of them another consumerName");
    }

    private void starting(String uri) throws Exception {
        runtime()
                .routes(new RouteBuilder() {
                    @Override
                    public void configure() {
                        from(uri).to("mock:x");
                    }
                })
                .start();
    }

    private CamelRuntime consuming(String parameters, Processor processor) throws Exception {
        return runtime()
                .routes(new RouteBuilder() {
                    @Override
                    public void configure() {
                        errorHandler(noErrorHandler());
                        from("redis-stream:" + stream + "?group=g" + parameters)
                                .routeId("consumer")
                                .process(processor);
                    }
                })
                .start();
    }

    private CamelRuntime runtime() {
        CamelRuntime runtime = new CamelRuntime(REDIS.url());
        runtimes.add(runtime);
        return runtime;
    }

    /** As a consumer that reads the entry and dies. */
    private String deliverTo(String consumer, String data) {
        String id = add(data);
        REDIS.redis().xgroupCreate(StreamOffset.from(stream, "0"), "g", XGroupCreateArgs.Builder.mkstream());
        REDIS.deliver(stream, "g", consumer);
        return id;
    }

    private String add(String data) {
        return REDIS.redis().xadd(stream, "data", data);
    }

    private long pending() {
        return REDIS.pending(stream, "g");
    }

    private boolean groupExists() {
        try {
            return pending() >= 0;
        } catch (RedisCommandExecutionException e) {
            return false;
        }
    }

    private void see(Exchange exchange) {
        seen.add(body(exchange));
    }

    private static String body(Exchange exchange) {
        return exchange.getIn().getBody(String.class);
    }

    private static ConditionFactory eventually() {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .ignoreExceptionsInstanceOf(RedisCommandExecutionException.class);
    }
}
