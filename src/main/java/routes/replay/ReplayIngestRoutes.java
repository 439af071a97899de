package routes.replay;

import java.util.List;

import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.builder.RouteBuilder;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import routes.component.zeromq.ZeroMqBatch;
import routes.replay.ingress.IngressMetrics;
import routes.replay.ingress.Intake;
import routes.replay.ingress.Reception;
import routes.replay.ingress.Recorder;
import routes.replay.socket.SocketEndpoints;

/**
 * ZeroMQ → frame store. Messages go through in the order they came, many at a time, since each waits for the disk. A
 * sender that waits for an answer gets it when its message is durable; nothing a sender does ends the ingress.
 */
@Component
class ReplayIngestRoutes extends RouteBuilder {

    private final ReplayProperties replay;
    private final Intake intake;
    private final Recorder recorder;
    private final IngressMetrics counts;

    ReplayIngestRoutes(ReplayProperties replay, Intake intake, Recorder recorder, IngressMetrics counts) {
        this.replay = replay;
        this.intake = intake;
        this.recorder = recorder;
        this.counts = counts;
    }

    @Override
    public void configure() {
        from(SocketEndpoints.reader(replay.inStream()))
                .routeId("replay-record-stream")
                .routeDescription(
                        "Takes messages in, records those that belong to a source, and answers senders that wait")
                .routeConfigurationId("retry-at-source")
                .autoStartup("{{replay.ingest.enabled}}")
                .setBody(this::inspect)
                // Which also hands them to the egress: in the order of the store, that of this route's threads is
                // another.
                .bean(recorder, "record")
                .setBody(this::replies)
                .filter(body().isNotNull())
                // A rep socket always answers; this is for the ends of streams on a router.
                .setExchangePattern(ExchangePattern.InOut);

        from("direct:replay-store-messages")
                .routeId("replay-store-messages")
                .routeDescription("Appends what came while the disk was busy, all of it or nothing")
                .routeConfigurationId("caller")
                .autoStartup("{{replay.ingest.enabled}}")
                .to("frame-store:replay")
                .id("append-messages");

        long period = replay.statsPeriod().toMillis();
        from("timer:replay-report-statistics?delay=" + period + "&period=" + period)
                .routeId("replay-report-statistics")
                .routeDescription("Logs how much came in since the start")
                .autoStartup("{{replay.ingest.enabled}}")
                .setBody(method(counts, "summary"))
                .log("${body}");
    }

    private List<Reception> inspect(Exchange exchange) {
        return exchange.getMessage().getBody(ZeroMqBatch.class).messages().stream()
                .map(intake::inspect)
                .toList();
    }

    @SuppressWarnings("unchecked") // of the recorder
    private @Nullable ZeroMqBatch replies(Exchange exchange) {
        List<Reception> receptions = exchange.getMessage().getBody(List.class);
        List<List<byte[]>> replies = receptions.stream()
                .filter(Reception::isAnswered)
                .map(Reception::reply)
                .toList();
        return replies.isEmpty() ? null : new ZeroMqBatch(replies);
    }
}
