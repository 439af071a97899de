package routes.platform.health;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import routes.platform.MutableClock;
import routes.platform.errors.ErrorClassifier;

import static org.assertj.core.api.Assertions.assertThat;

class RouteProgressTest {

    private final MutableClock clock = new MutableClock("2026-01-01T00:00:00Z");
    private final RouteProgress progress =
            new RouteProgress(new ErrorClassifier(Set.of(IllegalArgumentException.class), Set.of()), clock);
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final AtomicReference<@Nullable Exception> failure =
            new AtomicReference<>(new IOException("store is full"));

    @BeforeEach
    void startCamel() throws Exception {
        camel.addRoutePolicyFactory(progress);
        camel.getManagementStrategy().addEventNotifier(progress);
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:upload").routeId("upload").to("direct:called");
                from("direct:called")
                        .routeId("called")
                        .errorHandler(noErrorHandler())
                        .process(e -> throwFailure());
                from("direct:handled")
                        .routeId("handled")
                        .onException(Exception.class)
                        .handled(true)
                        .end()
                        .process(e -> throwFailure());
                from("direct:trying")
                        .routeId("trying")
                        .onException(Exception.class)
                        .maximumRedeliveries(3)
                        .redeliveryDelay(0)
                        .onRedelivery(e -> clock.advance(Duration.ofMinutes(1)))
                        .end()
                        .process(e -> throwFailure());
            }
        });
        camel.start();
    }

    @AfterEach
    void stopCamel() {
        camel.stop();
    }

    @Test
    @DisplayName(
            "CP20 a route whose every message fails is in trouble after a minute, with the reason, until one succeeds")
    void failing() {
        send("upload");
        assertThat(progress.trouble("upload")).isEmpty();

        clock.advance(Duration.ofMinutes(1));
        assertThat(progress.trouble("upload")).hasValueSatisfying(reason -> assertThat(reason)
                .contains("since 2026-01-01T00:00:00Z")
                .contains("IOException: store is full"));
        assertThat(progress.trouble("called")).isEmpty();

        failure.set(null);
        send("upload");
        assertThat(progress.trouble("upload")).isEmpty();
    }

    @Test
    @DisplayName("CP20 failures that a route handles itself, or tries again, count as well")
    void handledOrTriedAgain() {
        send("handled");
        send("trying");
        clock.advance(Duration.ofMinutes(1));

        assertThat(progress.trouble("handled")).isPresent();
        assertThat(progress.trouble("trying"))
                .hasValueSatisfying(reason -> assertThat(reason).contains("store is full"));
    }

    @Test
    @DisplayName("CP20 a message that is wrong says nothing of the target, and neither ends nor begins a trouble")
    void wrongMessages() {
        failure.set(new IllegalArgumentException("nonsense"));
        send("upload");
        clock.advance(Duration.ofMinutes(5));
        assertThat(progress.trouble("upload")).isEmpty();

        failure.set(new IOException("store is full"));
        send("upload");
        clock.advance(Duration.ofMinutes(5));
        failure.set(new IllegalArgumentException("nonsense"));
        send("upload");
        assertThat(progress.trouble("upload")).isPresent();
    }

    @Test
    @DisplayName("CP20 a failure of long ago, after which nothing came, is forgotten")
    void forgets() {
        send("upload");
        clock.advance(Duration.ofMinutes(90));
        send("upload");
        clock.advance(Duration.ofMinutes(90));
        assertThat(progress.trouble("upload")).isPresent();

        clock.advance(Duration.ofMinutes(31));
        assertThat(progress.trouble("upload")).isEmpty();
    }

    private void send(String route) {
        try (ProducerTemplate template = camel.createProducerTemplate()) {
            template.send("direct:" + route, exchange -> exchange.getMessage().setBody("x"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void throwFailure() throws Exception {
        Exception thrown = failure.get();
        if (thrown != null) {
            throw thrown;
        }
    }
}
