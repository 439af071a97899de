package routes.component.redisstream.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import routes.component.redisstream.CamelRuntime;
import routes.component.redisstream.RedisServerExtension;
import routes.component.redisstream.RedisStreamConstants;
import routes.component.redisstream.RedisStreamEndpoint;

import static org.assertj.core.api.Assertions.assertThat;

/** What becomes of entries that groups gave up, against a real Redis. */
@Timeout(60)
class DeadEntriesTest {

    @RegisterExtension
    static final RedisServerExtension REDIS = new RedisServerExtension();

    private final String stream = "test:" + UUID.randomUUID();
    private final CamelRuntime camel = new CamelRuntime(REDIS.url()).start();
    private final DeadEntries dead = camel.context()
            .getEndpoint("redis-stream:" + stream, RedisStreamEndpoint.class)
            .deadEntries();
    private final List<String> seenByStrict = Collections.synchronizedList(new ArrayList<>());
    private final List<String> seenByLenient = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void stopCamel() {
        dead.close();
        camel.close();
    }

    @Test
    @DisplayName("CI10 an entry that two groups gave up stays one a group, however often it is requeued")
    void requeuedByBoth() throws Exception {
        refusing("one");
        refusing("two");
        REDIS.redis().xadd(stream, Map.of("data", "nonsense"));
        eventually().until(() -> dead.count() == 2);

        for (int round = 1; round <= 3; round++) {
            int inStream = 1 + 2 * round;
            assertThat(requeueAll()).isEqualTo(2L);
            eventually().until(() -> settledBy("one") == inStream && settledBy("two") == inStream);
            assertThat(REDIS.redis().xlen(stream)).isEqualTo(inStream);
            assertThat(dead.count()).isEqualTo(2);
        }
        assertThat(dead.newest(10)).extracting(DeadEntries.DeadEntry::group).containsExactlyInAnyOrder("one", "two");
    }

    @Test
    @DisplayName("CI10 what one group gave up is handed to no other group again, and is what it was before")
    void requeuedByOne() throws Exception {
        refusing("strict");
        consuming("lenient", exchange -> seenByLenient.add(exchange.getMessage().getBody(String.class)));
        REDIS.redis().xadd(stream, Map.of("data", "once"));
        eventually().until(() -> dead.count() == 1 && settledBy("lenient") == 1);

        assertThat(dead.requeue(dead.newest(1).get(0).id())).isTrue();

        eventually().until(() -> seenByStrict.size() == 2 && dead.count() == 1 && settledBy("lenient") == 2);
        assertThat(seenByLenient).containsExactly("once");
        assertThat(seenByStrict).containsExactly("once", "once");
    }

    @Test
    @DisplayName("CI10 what a group gave up that is no more, or that nobody knows, is for all groups")
    void groupIsGone() throws Exception {
        REDIS.redis().xadd(stream + ":dead", fieldsOf("old", "of-old-days"));
        REDIS.redis().xadd(stream + ":dead", Map.of("data", "foreign"));
        consuming("lenient", exchange -> seenByLenient.add(exchange.getMessage().getBody(String.class)));

        assertThat(requeueAll()).isEqualTo(2L);

        eventually().until(() -> seenByLenient.equals(List.of("old", "foreign")));
    }

    @Test
    @DisplayName("CI10 dead entries are listed newest first, shown with all fields, and discarded")
    void listsAndDiscards() {
        for (int i = 0; i < 250; i++) {
            REDIS.redis().xadd(stream + ":dead", fieldsOf("entry " + i, "g"));
        }

        List<DeadEntries.DeadEntry> newest = dead.newest(220);

        assertThat(newest).hasSize(220).allSatisfy(entry -> {
            assertThat(entry.reason()).isEqualTo("why");
            assertThat(entry.group()).isEqualTo("g");
        });
        String id = newest.get(0).id();
        assertThat(dead.fields(id)).containsEntry("data", "entry 249").containsEntry("dead.reason", "why");
        assertThat(dead.find(id)).contains(newest.get(0));
        assertThat(dead.discard(id)).isTrue();
        assertThat(dead.discard(id)).isFalse();
        assertThat(dead.requeue(id)).isFalse();
        assertThat(dead.find(id)).isEmpty();
        assertThat(dead.count()).isEqualTo(249);
        assertThat(List.of("", "1", "x-1", "-", "1-1-1", "99999999999999999999999-1"))
                .allSatisfy(nonsense -> assertThat(dead.find(nonsense)).isEmpty());
    }

    private void refusing(String group) throws Exception {
        consuming(group, exchange -> {
            seenByStrict.add(exchange.getMessage().getBody(String.class));
            exchange.setProperty(RedisStreamConstants.REJECT, "nonsense");
        });
    }

    private void consuming(String group, org.apache.camel.Processor processor) throws Exception {
        camel.routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("redis-stream:" + stream + "?group=" + group)
                        .routeId(group)
                        .process(processor);
            }
        });
    }

    private Object requeueAll() {
        Exchange exchange = camel.context()
                .createFluentProducerTemplate()
                .to("redis-stream:" + stream + "?operation=requeueDead")
                .send();
        return exchange.getMessage().getBody();
    }

    /** Entries that a group is done with, one way or the other. */
    private long settledBy(String group) {
        return camel.consumer(group).getDead() + camel.consumer(group).getAcknowledged();
    }

    private static Map<String, String> fieldsOf(String data, String group) {
        Map<String, String> fields = new java.util.LinkedHashMap<>(Map.of("data", data));
        StreamGroup.DEAD_FIELDS.forEach(field -> fields.put(field, "why"));
        fields.put(StreamGroup.DEAD_GROUP, group);
        return fields;
    }

    private static ConditionFactory eventually() {
        return Awaitility.await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(20));
    }
}
