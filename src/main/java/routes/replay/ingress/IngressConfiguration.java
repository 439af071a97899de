package routes.replay.ingress;

import java.time.Clock;
import java.time.Duration;

import io.micrometer.core.instrument.MeterRegistry;
import org.apache.camel.ProducerTemplate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import routes.replay.ReplayProperties;
import routes.replay.protocol.ProtocolVersions;
import routes.replay.settings.ReplaySettings;

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
    Intake intake(
            ReplaySettings settings,
            ReplayProperties replay,
            ProtocolVersions versions,
            IngressMetrics counts,
            Clock clock) {
        ReplaySettings.InStream stream = settings.inStream();
        return new Intake(
                new ReceiveRules(
                        stream.url().type(),
                        versions,
                        stream.options().topics(),
                        new VersionBlacklist(clock),
                        new RoutingIdFilter(stream.options().sourceCacheSize()),
                        replay.inStream().maxMessageSize().toBytes()),
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
    EgressBuffer egressBuffer(
            ReplaySettings settings,
            ReplayProperties replay,
            ProtocolVersions versions,
            MeterRegistry registry,
            Clock clock) {
        return new EgressBuffer(
                replay.egress().enabled() && settings.outStream().isPresent(),
                settings.common().passMetadataOnly(),
                replay.outStream().translation(versions),
                replay.egress().bufferMessages(),
                replay.egress().bufferSize().toBytes(),
                registry,
                clock);
    }
}
