package routes.component.zeromq;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Processor;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import routes.component.zeromq.socket.SocketOwner;

/** A Camel context for one test, started at once; routes come later. */
final class CamelRuntime implements AutoCloseable {

    private final CamelContext context = new DefaultCamelContext();
    private final ProducerTemplate template;
    private final List<String> seen = Collections.synchronizedList(new ArrayList<>());

    CamelRuntime() {
        context.getShutdownStrategy().setTimeout(5);
        context.start();
        template = context.createProducerTemplate();
    }

    CamelContext context() {
        return context;
    }

    /** A route whose messages are kept as {@link #seen()}. */
    CamelRuntime consume(String uri) throws Exception {
        return consume(uri, exchange -> {});
    }

    /** The messages count as seen before the processor has them. */
    CamelRuntime consume(String uri, Processor processor) throws Exception {
        return consume("consumer", uri, processor);
    }

    CamelRuntime consume(String routeId, String uri, Processor processor) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(uri)
                        .routeId(routeId)
                        .process(exchange -> seen.add(text(exchange.getIn().getBody())))
                        .process(processor);
            }
        });
        return this;
    }

    ZeroMqConsumer consumer() {
        return consumer("consumer");
    }

    ZeroMqConsumer consumer(String routeId) {
        return (ZeroMqConsumer) context.getRoute(routeId).getConsumer();
    }

    ProducerTemplate template() {
        return template;
    }

    Exchange send(String uri, Object body) {
        return template.send(
                uri, ExchangePattern.InOnly, exchange -> exchange.getIn().setBody(body));
    }

    /** The socket that producers of this endpoint share. */
    SocketOwner socket(String uri) throws InterruptedException {
        ZeroMqEndpoint endpoint = context.getEndpoint(uri, ZeroMqEndpoint.class);
        SharedSockets sockets = endpoint.getComponent().sockets();
        SocketOwner owner = sockets.acquire(SocketSettingsFactory.of(endpoint.getConfiguration()));
        sockets.release(owner);
        return owner;
    }

    /** Frames joined by "|". */
    List<String> seen() {
        synchronized (seen) {
            return List.copyOf(seen);
        }
    }

    /** Where the consumer's socket listens. */
    String boundAddress() {
        eventually().until(() -> !consumer().getEndpoints().isEmpty());
        return consumer().getEndpoints();
    }

    static ConditionFactory eventually() {
        return Awaitility.await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(20));
    }

    static String text(Object body) {
        if (body instanceof ZeroMqBatch batch) {
            return batch.messages().stream().map(CamelRuntime::text).collect(Collectors.joining(","));
        }
        if (body instanceof byte[] frame) {
            return new String(frame, StandardCharsets.ISO_8859_1);
        }
        return ((List<?>) body).stream().map(CamelRuntime::text).collect(Collectors.joining("|"));
    }

    @Override
    public void close() {
        template.stop();
        context.stop();
    }
}
