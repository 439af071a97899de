package routes.platform.errors;

import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;
import routes.platform.FieldProblem;
import routes.platform.InvalidInputException;
import routes.platform.PlatformSlice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@TestPropertySource("classpath:no-local-services.properties")
@SpringBootTest(
        classes = ErrorPolicyTest.TestRoutes.class,
        properties = {
            "server.port=0",
            "spring.datasource.url=jdbc:h2:mem:error-policy;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DB_CLOSE_DELAY=-1",
            "caravan.errors.retry.attempts=3",
            "caravan.errors.retry.delay=20ms",
            "camel.main.routes-include-pattern=classpath:error-policy/yaml-route.camel.yaml"
        })
class ErrorPolicyTest {

    @Autowired
    ProducerTemplate send;

    @Autowired
    CamelContext camel;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    DeadLetterRepository letters;

    @Autowired
    TestRoutes steps;

    @BeforeEach
    void empty() {
        jdbc.sql("delete from dead_letter").update();
        steps.reset();
    }

    @Test
    @DisplayName("Redelivery repeats the failing step, not the steps before it")
    void repeatsTheStepOnly() {
        steps.failuresLeft.set(2);

        send.sendBody("direct:test-transient", "hello");

        assertThat(steps.before).hasValue(1);
        assertThat(steps.tries).hasValue(3);
        assertThat(steps.after).hasValue(1);
        assertThat(waiting()).isZero();
    }

    @Test
    @DisplayName("A transient error that does not pass becomes a dead letter with the original message")
    void keepsTheOriginalMessage() {
        steps.failuresLeft.set(100);

        Exchange exchange = send.request("direct:test-transient", sent -> {
            sent.getMessage().setBody("hello");
            sent.getMessage().setHeader("colour", "red");
        });

        assertThat(exchange.getException()).isNull();
        assertThat(steps.tries).hasValue(4);
        assertThat(steps.after).hasValue(0);
        DeadLetter letter = onlyLetter();
        assertThat(new String(letter.body().bytes(), StandardCharsets.UTF_8)).isEqualTo("hello");
        assertThat(letter.headers()).contains("colour", "red").doesNotContain("added-on-the-way");
        assertThat(letter.routeId()).isEqualTo("test-transient");
        assertThat(letter.failedRouteId()).isEqualTo("test-transient");
        assertThat(letter.failedNodeId()).isEqualTo("failing-step");
        assertThat(letter.exception()).isEqualTo(ConnectException.class.getName());
        assertThat(letter.reason()).contains("nobody listens");
        assertThat(letter.permanent()).isFalse();
    }

    @Test
    @DisplayName("A permanent error is not tried again")
    void permanentAtOnce() {
        send.sendBody("direct:test-permanent", "hello");

        assertThat(steps.tries).hasValue(1);
        assertThat(onlyLetter().permanent()).isTrue();
    }

    @Test
    @DisplayName("When the dead letter cannot be written the exchange fails, so that its source keeps the message")
    void failsWithoutDeadLetter() {
        jdbc.sql("alter table dead_letter rename to dead_letter_away").update();
        try {
            assertThatThrownBy(() -> send.sendBody("direct:test-permanent", "hello"))
                    .isInstanceOf(CamelExecutionException.class)
                    .rootCause()
                    .hasMessageContaining("dead_letter");
        } finally {
            jdbc.sql("alter table dead_letter_away rename to dead_letter").update();
        }
        assertThat(waiting()).isZero();
    }

    @Test
    @DisplayName("A failure in a called route is retried and recorded there, once, and stops the caller")
    void calledRoute() {
        steps.failuresLeft.set(100);

        send.sendBody("direct:test-calling", "hello");

        assertThat(steps.tries).hasValue(4);
        assertThat(steps.after).hasValue(0);
        DeadLetter letter = onlyLetter();
        assertThat(letter.routeId()).isEqualTo("test-calling");
        assertThat(letter.failedRouteId()).isEqualTo("test-transient");
    }

    @Test
    @DisplayName("A called route with the configuration caller is repeated as a whole by its caller")
    void calledRouteWithoutPolicy() {
        steps.failuresLeft.set(2);

        send.sendBody("direct:test-calling-bare", "hello");

        assertThat(steps.before).hasValue(3);
        assertThat(steps.tries).hasValue(3);
        assertThat(steps.after).hasValue(1);
    }

    @Test
    @DisplayName("retry-at-source: no redelivery and no dead letter here, and a permanent error rejects the entry")
    void retryAtSource() {
        steps.failuresLeft.set(100);
        Exchange later = send.send(
                "direct:test-source", exchange -> exchange.getMessage().setBody("transient"));
        assertThat(later.getException()).isInstanceOf(ConnectException.class);
        assertThat(later.getProperty(ErrorPolicyRoutes.REJECT_REASON)).isNull();
        assertThat(steps.tries).hasValue(1);

        Exchange never = send.send(
                "direct:test-source", exchange -> exchange.getMessage().setBody("permanent"));
        assertThat(never.getException()).isInstanceOf(IllegalArgumentException.class);
        assertThat(never.getProperty(ErrorPolicyRoutes.REJECT_REASON)).isEqualTo("wrong for ever");
        assertThat(waiting()).isZero();
    }

    @Test
    @DisplayName("A route gets the unnamed configuration unless it names one, then it gets that one only")
    void whichPolicy() {
        assertThat(applied("test-transient")).isEqualTo("<default>");
        assertThat(applied("test-source")).isEqualTo("retry-at-source");
        assertThat(applied("test-yaml")).isEqualTo("<default>");
        assertThat(applied("test-yaml-source")).isEqualTo("retry-at-source");
    }

    @Test
    @DisplayName("The policy covers YAML routes")
    void yamlRoutes() {
        send.sendBody("direct:test-yaml", "hello");
        assertThat(onlyLetter().failedRouteId()).isEqualTo("test-yaml");

        Exchange source = send.send(
                "direct:test-yaml-source", exchange -> exchange.getMessage().setBody("hello"));
        assertThat(source.getException()).isInstanceOf(IllegalArgumentException.class);
        assertThat(source.getProperty(ErrorPolicyRoutes.REJECT_REASON, String.class))
                .contains("wrong for ever");
        assertThat(waiting()).isEqualTo(1);
    }

    @Test
    @DisplayName("While one message waits for its retry, the same thread works on the next")
    void doesNotBlock() throws Exception {
        send.sendBody("seda:test-one-thread", "slow");
        send.sendBody("seda:test-one-thread", "quick");

        assertThat(steps.slowDone.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(waiting()).isZero();
    }

    @Test
    @DisplayName("A part of a split message is kept, but not offered for requeue")
    void parts() {
        send.sendBody("direct:test-split", List.of("a", "b"));

        Awaitility.await().until(() -> waiting() == 2);
        assertThat(letters.list(any(), 10, 0))
                .allSatisfy(letter -> assertThat(letter.obstacle()).contains("one part"));
    }

    @Test
    @DisplayName("Characters the database refuses do not keep a letter out")
    void hostileText() {
        send.sendBodyAndHeader("direct:test-hostile", "bo\0dy \uD800", "na\0me", "va\0lue");

        DeadLetter letter = onlyLetter();
        assertThat(letter.reason()).contains("bad \uFFFD");
        assertThat(letters.count(any())).isEqualTo(1);
    }

    private DeadLetter onlyLetter() {
        List<DeadLetterRepository.Summary> all = letters.list(any(), 10, 0);
        assertThat(all).hasSize(1);
        return letters.find(all.get(0).id()).orElseThrow().letter();
    }

    private long waiting() {
        return letters.count(any());
    }

    private static DeadLetterFilter any() {
        return new DeadLetterFilter(null, null, null, null, null, null);
    }

    private String applied(String routeId) {
        return String.join(
                ",",
                camel.getCamelContextExtension()
                        .getContextPlugin(org.apache.camel.model.Model.class)
                        .getRouteDefinition(routeId)
                        .getAppliedRouteConfigurationIds());
    }

    @Configuration
    @Import(PlatformSlice.class)
    static class TestRoutes {

        final AtomicInteger failuresLeft = new AtomicInteger();
        final AtomicInteger before = new AtomicInteger();
        final AtomicInteger tries = new AtomicInteger();
        final AtomicInteger after = new AtomicInteger();
        final AtomicBoolean quickSeen = new AtomicBoolean();
        volatile CountDownLatch slowDone = new CountDownLatch(1);

        void reset() {
            List.of(failuresLeft, before, tries, after).forEach(counter -> counter.set(0));
            quickSeen.set(false);
            slowDone = new CountDownLatch(1);
        }

        void fail(Exchange exchange) throws Exception {
            tries.incrementAndGet();
            if ("permanent".equals(exchange.getMessage().getBody())) {
                throw new IllegalArgumentException("wrong for ever");
            }
            if (failuresLeft.getAndDecrement() > 0) {
                throw new ConnectException("nobody listens");
            }
        }

        void waitForQuick(Exchange exchange) throws Exception {
            if ("quick".equals(exchange.getMessage().getBody())) {
                quickSeen.set(true);
            } else if (!quickSeen.get()) {
                throw new ConnectException("the quick one has not come yet");
            }
        }

        @Bean
        RouteBuilder testRoutes() {
            return new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:test-transient")
                            .routeId("test-transient")
                            .process(exchange -> before.incrementAndGet())
                            .setBody(constant("changed on the way"))
                            .setHeader("added-on-the-way", constant("yes"))
                            .process(TestRoutes.this::fail)
                            .id("failing-step")
                            .process(exchange -> after.incrementAndGet());
                    from("direct:test-permanent").routeId("test-permanent").process(exchange -> {
                        tries.incrementAndGet();
                        throw new InvalidInputException(
                                List.of(new FieldProblem(List.of("body"), "missing", "where is it", null)));
                    });
                    from("direct:test-calling")
                            .routeId("test-calling")
                            .to("direct:test-transient")
                            .process(exchange -> after.incrementAndGet());
                    from("direct:test-calling-bare")
                            .routeId("test-calling-bare")
                            .to("direct:test-bare")
                            .process(exchange -> after.incrementAndGet());
                    from("direct:test-bare")
                            .routeId("test-bare")
                            .routeConfigurationId(ErrorPolicyRoutes.CALLER)
                            .process(exchange -> before.incrementAndGet())
                            .process(TestRoutes.this::fail);
                    from("direct:test-source")
                            .routeId("test-source")
                            .routeConfigurationId(ErrorPolicyRoutes.RETRY_AT_SOURCE)
                            .process(TestRoutes.this::fail);
                    from("seda:test-one-thread?concurrentConsumers=1")
                            .routeId("test-one-thread")
                            .process(TestRoutes.this::waitForQuick)
                            .filter(body().isEqualTo("slow"))
                            .process(exchange -> slowDone.countDown());
                    from("direct:test-split")
                            .routeId("test-split")
                            .split(body())
                            .throwException(IllegalArgumentException.class, "not this part");
                    from("direct:test-hostile").routeId("test-hostile").process(exchange -> {
                        throw new IllegalArgumentException("bad \0 \uDC00 text");
                    });
                }
            };
        }
    }
}
