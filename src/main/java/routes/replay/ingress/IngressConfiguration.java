package routes.replay.ingress;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

import io.micrometer.core.instrument.MeterRegistry;
import org.apache.camel.ProducerTemplate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import routes.replay.ReplayProperties;
import routes.replay.protocol.Generation;
import routes.replay.protocol.ProtocolVersions;
import routes.replay.socket.InStream;
import routes.replay.socket.SocketUrl;

/** Wires recording and forwarding. */
@Configuration
public class IngressConfiguration {

    /** How often a store that takes nothing is asked again. */
    private static final Duration STORE_RETRY = Duration.ofSeconds(1);

    @Bean
    IngressMetrics ingressMetrics(MeterRegistry registry, Clock clock) {
        return new IngressMetrics(registry, clock);
    }

    @Bean
    Intake intake(ReplayProperties replay, ProtocolVersions versions, IngressMetrics counts, Clock clock) {
        InStream stream = replay.inStream();
        return new Intake(
                new ReceiveRules(
                        SocketUrl.reader(stream.url()).type(),
                        versions,
                        stream.topics(),
                        new VersionBlacklist(clock),
                        new RoutingIdFilter(stream.sourceCacheSize()),
                        stream.maxMessageSize().toBytes()),
                counts);
    }

    @Bean
    Recorder recorder(ProducerTemplate template, EgressBuffer egress, Clock clock) {
        return new Recorder(
                entries -> template.asyncRequestBody("direct:replay-store-messages", entries),
                egress::offer,
                STORE_RETRY,
                clock);
    }

    @Bean
    EgressBuffer egressBuffer(ReplayProperties replay, ProtocolVersions versions, MeterRegistry registry, Clock clock) {
        ReplayProperties.OutStream stream = replay.outStream();
        return new EgressBuffer(
                replay.egress().enabled() && !stream.url().isBlank(),
                stream.passMetadataOnly(),
                stream.generation() == 0
                        ? Optional.empty()
                        : Optional.of(versions.translationTo(Generation.of(stream.generation()))),
                replay.egress().bufferMessages(),
                replay.egress().bufferSize().toBytes(),
                registry,
                clock);
    }
}
