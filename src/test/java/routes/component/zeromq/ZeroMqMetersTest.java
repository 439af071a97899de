package routes.component.zeromq;

import java.util.Collection;
import java.util.stream.Stream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.camel.Exchange;
import org.apache.camel.Producer;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import routes.component.zeromq.socket.SocketOutcome;

import static org.assertj.core.api.Assertions.assertThat;
import static routes.component.zeromq.CamelRuntime.eventually;

/** What Micrometer knows of sockets, and forgets. */
@Timeout(60)
class ZeroMqMetersTest {

    private static final String BOUND = "zeromq:tcp://127.0.0.1:0?mode=bind&socketType=PULL";
    private static final int ADDRESSES = 20;

    private final MeterRegistry meters = new SimpleMeterRegistry();
    private CamelRuntime camel;

    @BeforeEach
    void open() {
        camel = new CamelRuntime();
        camel.context().getRegistry().bind("meters", meters);
    }

    @AfterEach
    void close() {
        camel.close();
    }

    @Test
    @DisplayName("Sockets to ever new addresses leave no meters behind, and the totals never go down")
    void forgets() throws Exception {
        for (int i = 1; i <= ADDRESSES; i++) {
            String address = listen("sink-" + i);
            Producer producer = producer(address, "");
            send(producer);

            assertThat(meters.get("zeromq.socket.events")
                            .tags("address", address, "outcome", "sent")
                            .counter()
                            .count())
                    .isOne();
            assertThat(total("zeromq.events", "sent")).isEqualTo(i);
            int received = i;
            eventually().until(() -> total("zeromq.events", "received") == received);

            producer.stop();
            camel.context().getRouteController().stopRoute("sink-" + i);
            camel.context().removeRoute("sink-" + i);

            assertThat(withAddress()).isEmpty();
            assertThat(total("zeromq.events", "sent")).isEqualTo(i);
            assertThat(total("zeromq.events", "received")).isEqualTo(i);
            assertThat(counters("zeromq.bytes").mapToDouble(Counter::count).sum())
                    .isEqualTo(2.0 * i);
        }
        // Events and bytes of two types of sockets, and two meters of the threads they share
        assertThat(meters.getMeters()).hasSize(2 * (SocketOutcome.values().length + 2) + 2);
    }

    @Test
    @DisplayName("Two sockets at one address share its meters, which stay until both are closed")
    void shares() throws Exception {
        String address = listen("sink");
        Producer first = producer(address, "");
        Producer second = producer(address, "&linger=1");
        send(first);
        send(second);
        Gauge peers = meters.get("zeromq.peers")
                .tags("address", address, "type", "PUSH")
                .gauge();
        eventually().until(() -> peers.value() == 2);

        first.stop();
        send(second);

        assertThat(peers.value()).isOne();
        assertThat(meters.get("zeromq.socket.events")
                        .tags("address", address, "outcome", "sent")
                        .counter()
                        .count())
                .isEqualTo(3);
        second.stop();
        assertThat(meters.find("zeromq.peers").tags("address", address).gauges())
                .isEmpty();
    }

    /** @return where the consumer of a new route listens */
    private String listen(String id) throws Exception {
        camel.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(BOUND).routeId(id).log("${body.length}");
            }
        });
        ZeroMqConsumer consumer = (ZeroMqConsumer) camel.context().getRoute(id).getConsumer();
        eventually().until(() -> !consumer.getEndpoints().isEmpty());
        return consumer.getEndpoints();
    }

    private Producer producer(String address, String options) throws Exception {
        Producer producer = camel.context()
                .getEndpoint("zeromq:" + address + "?socketType=PUSH" + options)
                .createProducer();
        producer.start();
        return producer;
    }

    private static void send(Producer producer) throws Exception {
        Exchange exchange = producer.getEndpoint().createExchange();
        exchange.getMessage().setBody("1");
        producer.process(exchange);
        assertThat(exchange.getException()).isNull();
    }

    private Collection<Meter> withAddress() {
        return meters.getMeters().stream()
                .filter(meter -> meter.getId().getTag("address") != null)
                .toList();
    }

    private double total(String name, String outcome) {
        return counters(name)
                .filter(counter -> outcome.equals(counter.getId().getTag("outcome")))
                .mapToDouble(Counter::count)
                .sum();
    }

    private Stream<Counter> counters(String name) {
        return meters.get(name).counters().stream();
    }
}
