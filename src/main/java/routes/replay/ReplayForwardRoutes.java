package routes.replay;

import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;
import routes.replay.ingress.EgressBuffer;
import routes.replay.ingress.EgressWriter;
import routes.replay.socket.SocketEndpoints;
import routes.replay.socket.SocketUrl;
import routes.replay.socket.WriterType;

/**
 * What was recorded → ZeroMQ, in its order, one message at a time, each for as long as it takes. None of this exists where
 * nothing is to be forwarded.
 */
@Component
class ReplayForwardRoutes extends RouteBuilder {

    private final ReplayProperties.OutStream stream;
    private final EgressBuffer buffer;

    ReplayForwardRoutes(ReplayProperties replay, EgressBuffer buffer) {
        this.stream = replay.outStream();
        this.buffer = buffer;
    }

    @Override
    public void configure() {
        if (!stream.url().isBlank()) {
            forward(SocketUrl.writer(stream.url()));
        }
    }

    private void forward(SocketUrl<WriterType> url) {
        EgressWriter writer = new EgressWriter(url.type());

        // Greedy and synchronous: one after the other without a pause, for as long as there are any.
        from("scheduler:replay-forward-stream?greedy=true&synchronous=true&initialDelay=0&delay=10")
                .routeId("replay-forward-stream")
                .routeDescription("Forwards what was taken in to the egress, again and again until it went")
                .autoStartup("{{replay.egress.enabled}}")
                .setBody(method(buffer, "next"))
                .choice()
                .when(body().isNull())
                .setProperty(Exchange.SCHEDULER_POLLED_MESSAGES, constant(false))
                .otherwise()
                .to("direct:replay-send-forward")
                .end();

        from("direct:replay-send-forward")
                .routeId("replay-send-forward")
                .routeDescription(
                        "Sends one message to the egress, and waits for its acknowledgement where there is one")
                .routeConfigurationId("caller")
                .autoStartup("{{replay.egress.enabled}}")
                .setProperty("forwarding", body())
                .choice()
                .when(method(writer, "awaitsReply"))
                .setExchangePattern(ExchangePattern.InOut)
                .end()
                .doTry()
                .transform(method(writer, "frames"))
                .to(SocketEndpoints.egress(url, stream.options(), stream.curve()))
                .id("send-to-out-stream")
                .bean(writer, "check(${exchangeProperty.forwarding}, ${body})")
                .bean(buffer, "sent")
                .doCatch(Exception.class)
                .bean(buffer, "postpone(${exception.message})")
                .end();
    }
}
