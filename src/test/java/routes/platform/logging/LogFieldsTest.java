package routes.platform.logging;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.apache.camel.CamelContext;
import org.apache.camel.LoggingLevel;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.UnitOfWorkFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Every line written on an event's way carries its id, whichever thread writes it. */
class LogFieldsTest {

    private final CamelContext camel = new DefaultCamelContext();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger root = (Logger) LoggerFactory.getLogger("ROOT");

    @BeforeEach
    void start() throws Exception {
        camel.getCamelContextExtension().addContextPlugin(UnitOfWorkFactory.class, new LoggedUnitOfWorkFactory());
        camel.getCamelContextExtension().addInterceptStrategy(new LoggedSteps());
        camel.addRoutes(new ExampleRoutes());
        camel.start();
        log.start();
        root.addAppender(log);
    }

    @AfterEach
    void stop() {
        root.detachAppender(log);
        camel.stop();
    }

    @Test
    @DisplayName("O05 each line on the same thread carries ref_id, and nothing stays behind")
    void sameThread() {
        send("direct:plain");
        assertThat(line("plain").getMDCPropertyMap())
                .containsEntry("ref_id", "event-1")
                .containsEntry("route_id", "plain")
                .containsKey("exchange_id");
        assertThat(MDC.getCopyOfContextMap()).isNullOrEmpty();
    }

    @Test
    @DisplayName("O05 ref_id goes along to other threads, into called routes and parts of a split, and comes back")
    void otherThreads() {
        send("direct:handed-over");
        assertThat(List.of("before", "other thread", "called", "after"))
                .allSatisfy(text -> assertThat(line(text).getMDCPropertyMap()).containsEntry("ref_id", "event-1"));
        assertThat(line("other thread").getThreadName())
                .isNotEqualTo(line("before").getThreadName());
        assertThat(line("part a").getMDCPropertyMap()).containsEntry("ref_id", "a");
        assertThat(line("part b").getMDCPropertyMap()).containsEntry("ref_id", "b");
        assertThat(line("called").getMDCPropertyMap()).containsEntry("route_id", "called");
        assertThat(MDC.getCopyOfContextMap()).isNullOrEmpty();
    }

    @Test
    @DisplayName("O05 the error handler's lines carry ref_id, also on redelivery by another thread")
    void errors() {
        assertThatThrownBy(() -> send("direct:failing")).hasMessageContaining("Exception occurred");
        List<ILoggingEvent> failures = log.list.stream()
                .filter(event -> event.getFormattedMessage().startsWith("Failed delivery"))
                .toList();
        assertThat(failures).hasSizeGreaterThanOrEqualTo(2).allSatisfy(event -> assertThat(event.getMDCPropertyMap())
                .containsEntry("ref_id", "event-1"));
    }

    private void send(String endpoint) {
        try (ProducerTemplate template = camel.createProducerTemplate()) {
            template.requestBodyAndHeaders(endpoint, List.of("a", "b"), Map.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ILoggingEvent line(String text) {
        return log.list.stream()
                .filter(event -> event.getFormattedMessage().equals(text))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no line " + text + " in " + log.list));
    }

    private static final class ExampleRoutes extends RouteBuilder {

        @Override
        public void configure() {
            from("direct:plain")
                    .routeId("plain")
                    .setProperty("ref_id", constant("event-1"))
                    .log("plain");
            from("direct:handed-over")
                    .routeId("handed-over")
                    .setProperty("ref_id", constant("event-1"))
                    .log("before")
                    .threads(1)
                    .log("other thread")
                    .split(body())
                    .parallelProcessing()
                    .setProperty("ref_id", body())
                    .log("part ${body}")
                    .end()
                    .to("direct:called")
                    .log("after");
            from("direct:called").routeId("called").log("called");
            from("direct:failing")
                    .routeId("failing")
                    .errorHandler(defaultErrorHandler()
                            .maximumRedeliveries(2)
                            .redeliveryDelay(1)
                            .asyncDelayedRedelivery()
                            .retryAttemptedLogLevel(LoggingLevel.WARN))
                    .setProperty("ref_id", constant("event-1"))
                    .throwException(new IllegalStateException("no"));
        }
    }
}
