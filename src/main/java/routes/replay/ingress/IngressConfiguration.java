package routes.replay.ingress;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;

import io.micrometer.core.instrument.MeterRegistry;
import org.apache.camel.spi.PropertiesSource;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import routes.replay.ReplayProperties;
import routes.replay.protocol.Generation;
import routes.replay.protocol.ProtocolVersions;
import routes.replay.socket.InStream;
import routes.replay.socket.SocketEndpoints;
import routes.replay.socket.SocketUrl;
import routes.replay.socket.WriterType;

/** Wires recording and forwarding. */
@Configuration
public class IngressConfiguration {

    @Bean
    EndpointsConfiguration replayEndpoints(ReplayProperties replay) {
        ReplayProperties.OutStream out = replay.outStream();
        return new EndpointsConfiguration(Map.of(
                "replay-in-stream",
                SocketEndpoints.reader(replay.inStream()),
                "replay-out-stream",
                out.url().isBlank()
                        ? ""
                        : SocketEndpoints.egress(SocketUrl.writer(out.url()), out.options(), out.curve())));
    }

    @Bean
    IngressMetrics ingressMetrics(MeterRegistry registry, Clock clock) {
        return new IngressMetrics(registry, clock);
    }

    @Bean
    IngressFilter ingressFilter(
            ReplayProperties replay, ProtocolVersions versions, IngressMetrics metrics, Clock clock) {
        InStream stream = replay.inStream();
        return new IngressFilter(
                SocketUrl.reader(stream.url()).type(),
                versions,
                stream.topics(),
                new VersionBlacklist(clock),
                new RoutingIdFilter(stream.sourceCacheSize()),
                stream.maxMessageSize().toBytes(),
                metrics);
    }

    @Bean
    EgressWriter egressWriter(ReplayProperties replay) {
        String url = replay.outStream().url();
        return new EgressWriter(
                url.isBlank() ? WriterType.PUB : SocketUrl.writer(url).type());
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

    /**
     * The endpoints that {@code camel/replay.camel.yaml} needs. They are no settings themselves, and one has the secret key
     * of CURVE in it: so they are not in Spring's environment.
     */
    static final class EndpointsConfiguration implements PropertiesSource {

        private final Map<String, String> values;

        EndpointsConfiguration(Map<String, String> values) {
            this.values = values;
        }

        @Override
        public String getName() {
            return "replay-endpoints";
        }

        @Override
        public @Nullable String getProperty(String name) {
            return values.get(name);
        }
    }
}
