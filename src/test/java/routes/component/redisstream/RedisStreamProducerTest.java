package routes.component.redisstream;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.lettuce.core.Range;
import io.lettuce.core.XAddArgs;
import io.lettuce.core.XGroupCreateArgs;
import io.lettuce.core.XReadArgs.StreamOffset;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import routes.component.redisstream.stream.StreamGroup;

import static org.assertj.core.api.Assertions.assertThat;

/** The producer against a real Redis, one stream a test. */
@Timeout(60)
class RedisStreamProducerTest {

    @RegisterExtension
    static final RedisServerExtension REDIS = new RedisServerExtension();

    private final String stream = "test:" + UUID.randomUUID();
    private final String dead = stream + ":dead";
    private CamelRuntime camel;
    private int old;

    @BeforeEach
    void startCamel() {
        camel = new CamelRuntime(REDIS.url()).start();
    }

    @AfterEach
    void stopCamel() {
        camel.close();
    }

    @Test
    @DisplayName("I19 text becomes the one field data, and the id is in the header")
    void addsText() {
        Exchange exchange = send("", "{\"ref_id\":\"ü\"}", Map.of());

        assertThat(REDIS.entries(stream)).containsExactly(Map.of("data", "{\"ref_id\":\"ü\"}"));
        String id = exchange.getMessage().getHeader(RedisStreamConstants.ID, String.class);
        assertThat(REDIS.redis().xrange(stream, Range.create(id, id))).hasSize(1);
    }

    @Test
    @DisplayName("bytes, streams and numbers go into the named field; a map becomes one field each")
    void addsOtherBodies() {
        send("?field=f", "ä".getBytes(StandardCharsets.UTF_8), Map.of());
        send("?field=f", new java.io.ByteArrayInputStream(new byte[] {'x'}), Map.of());
        send("?field=f", 7, Map.of());
        send("?field=f", Map.of("a", 1, "b", "two"), Map.of());

        assertThat(REDIS.entries(stream))
                .containsExactly(Map.of("f", "ä"), Map.of("f", "x"), Map.of("f", "7"), Map.of("a", "1", "b", "two"));
    }

    @Test
    @DisplayName("wanted headers become fields, Camel's own never")
    void addsHeaders() {
        send("?includeHeaders=*", "text", Map.of("colour", "blue", "CamelSecret", "1", "cAMELx", "2"));

        assertThat(REDIS.entries(stream)).containsExactly(Map.of("data", "text", "colour", "blue"));
    }

    @Test
    @DisplayName("a body that is empty is refused")
    void refusesNothing() {
        assertThat(send("", null, Map.of()).getException()).isNotNull();
        assertThat(send("", Map.of(), Map.of()).getException()).isNotNull();
        assertThat(REDIS.redis().exists(stream)).isZero();
    }

    @Test
    @DisplayName("R01 createGroup makes stream and group from the beginning, and twice does no harm")
    void createsGroup() {
        assertThat(result("?operation=createGroup&group=g")).isEqualTo(true);
        assertThat(result("?operation=createGroup&group=g")).isEqualTo(false);

        REDIS.redis().xadd(stream, "data", "1");
        REDIS.deliver(stream, "g", "c");
        assertThat(REDIS.pending(stream, "g")).isEqualTo(1);
    }

    @Test
    @DisplayName("R02 trimming removes old acknowledged entries and keeps young ones")
    void trimsOld() {
        group("g");
        List<String> old = addOld(10);
        String young = REDIS.redis().xadd(stream, "data", "young");
        REDIS.deliver(stream, "g", "c");
        acknowledge("g", old);
        REDIS.redis().xack(stream, "g", young);

        assertThat(result("?operation=trim&retention=1d")).isEqualTo(10L);
        assertThat(REDIS.entries(stream)).containsExactly(Map.of("data", "young"));
    }

    @Test
    @DisplayName("R02 trimming keeps pending entries of any age, and all after them")
    void trimKeepsPending() {
        group("g");
        List<String> old = addOld(10);
        REDIS.deliver(stream, "g", "c");
        acknowledge("g", old.subList(0, 4));
        acknowledge("g", old.subList(5, 10));

        assertThat(result("?operation=trim&retention=1d")).isEqualTo(4L);
        assertThat(result("?operation=trim&maxLength=1")).isEqualTo(0L);
        assertThat(REDIS.redis().xlen(stream)).isEqualTo(6);
    }

    @Test
    @DisplayName("R02 trimming keeps what any group has not read")
    void trimKeepsUnread() {
        group("fast");
        group("slow");
        List<String> old = addOld(3);
        REDIS.deliver(stream, "slow", "c");
        acknowledge("slow", old);
        List<String> more = addOld(4);
        REDIS.deliver(stream, "fast", "c");
        acknowledge("fast", old);
        acknowledge("fast", more);

        assertThat(result("?operation=trim&retention=1d")).isEqualTo(3L);
        REDIS.deliver(stream, "slow", "c");
        assertThat(REDIS.pending(stream, "slow")).isEqualTo(4);
    }

    @Test
    @DisplayName("R02 nothing is trimmed before the groups exist that will read it")
    void trimWaitsForGroups() {
        addOld(3);
        assertThat(result("?operation=trim&retention=1d")).isEqualTo(0L);

        group("g");
        REDIS.deliver(stream, "g", "c");
        acknowledge("g", ids());
        assertThat(result("?operation=trim&retention=1d&requiredGroups=g,later"))
                .isEqualTo(0L);
        assertThat(result("?operation=trim&retention=1d&requiredGroups=g")).isEqualTo(3L);
    }

    @Test
    @DisplayName("trimming to a length takes thousands, stops at the length and at the id to keep")
    void trimsToLength() {
        group("g");
        for (int i = 0; i < 3500; i++) {
            REDIS.redis().xadd(stream, "data", "entry " + i);
        }
        REDIS.deliver(stream, "g", "c");
        acknowledge("g", ids());
        String keep = ids().get(2000);

        Exchange kept = send("?operation=trim&maxLength=10", null, Map.of(RedisStreamConstants.KEEP_FROM, keep));
        assertThat(kept.getMessage().getBody()).isEqualTo(2000L);
        assertThat(result("?operation=trim&maxLength=10")).isEqualTo(1490L);
        assertThat(REDIS.redis().xlen(stream)).isEqualTo(10);
    }

    @Test
    @DisplayName("R03 requeueDead brings dead entries back as they were")
    void requeues() {
        for (int i = 0; i < 250; i++) {
            die("entry " + i);
        }

        assertThat(result("?operation=requeueDead")).isEqualTo(250L);

        assertThat(REDIS.redis().xlen(dead)).isZero();
        assertThat(REDIS.entries(stream)).hasSize(250).first().isEqualTo(Map.of("data", "entry 0", "n", "1"));
        assertThat(result("?operation=requeueDead")).isEqualTo(0L);
    }

    @Test
    @DisplayName("R03 requeueDead can take only the named entries, and operation can be a header")
    void requeuesSome() {
        die("1");
        String second = die("2");

        Exchange exchange = send(
                "",
                null,
                Map.of(RedisStreamConstants.OPERATION, "requeueDead", RedisStreamConstants.DEAD_IDS, second + ", 1-1"));

        assertThat(exchange.getMessage().getBody()).isEqualTo(1L);
        assertThat(REDIS.entries(stream)).containsExactly(Map.of("data", "2", "n", "1"));
        assertThat(REDIS.redis().xlen(dead)).isEqualTo(1);
    }

    private String die(String data) {
        Map<String, String> fields = new java.util.LinkedHashMap<>();
        fields.put("data", data);
        fields.put("n", "1");
        StreamGroup.DEAD_FIELDS.forEach(field -> fields.put(field, "x"));
        return REDIS.redis().xadd(dead, fields);
    }

    private void group(String group) {
        REDIS.redis().xgroupCreate(StreamOffset.from(stream, "0"), group, XGroupCreateArgs.Builder.mkstream());
    }

    /** Entries of two days ago. */
    private List<String> addOld(int count) {
        long time = Instant.now().minus(Duration.ofDays(2)).toEpochMilli();
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(REDIS.redis().xadd(stream, new XAddArgs().id((time + old) + "-" + (++old)), Map.of("data", "old")));
        }
        return ids;
    }

    private List<String> ids() {
        return REDIS.redis().xrange(stream, Range.unbounded()).stream()
                .map(message -> message.getId())
                .toList();
    }

    private void acknowledge(String group, List<String> ids) {
        REDIS.redis().xack(stream, group, ids.toArray(String[]::new));
    }

    private Object result(String parameters) {
        Exchange exchange = send(parameters, null, Map.of());
        if (exchange.getException() != null) {
            throw new CamelExecutionException("failed", exchange, exchange.getException());
        }
        return exchange.getMessage().getBody();
    }

    private Exchange send(
            String parameters, @org.jspecify.annotations.Nullable Object body, Map<String, Object> headers) {
        return camel.context()
                .createFluentProducerTemplate()
                .to("redis-stream:" + stream + parameters)
                .withBody(body)
                .withHeaders(headers)
                .send();
    }
}
