package routes.replay;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.sun.net.httpserver.HttpServer;
import org.apache.camel.opentelemetry2.OpenTelemetryTracer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Caravan and a collector that keeps what it is sent. */
class TracingTest {

    private final List<byte[]> exports = new CopyOnWriteArrayList<>();
    private final List<String> keys = new CopyOnWriteArrayList<>();

    @TempDir
    private Path data;

    private HttpServer collector;

    @BeforeEach
    void startCollector() throws IOException {
        collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/traces", exchange -> {
            exports.add(exchange.getRequestBody().readAllBytes());
            keys.add(exchange.getRequestHeaders().getFirst("api-key"));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.start();
    }

    @AfterEach
    void stopCollector() {
        collector.stop(0);
    }

    @Test
    @DisplayName("RX19 with a collector configured, exchanges of routes are sent to it as spans, by OTLP")
    void exports() {
        try (SavantReceiver sink = SavantReceiver.router();
                RunningReplay replay = RunningReplay.start(
                        data,
                        "management.otlp.tracing.endpoint=http://127.0.0.1:"
                                + collector.getAddress().getPort() + "/v1/traces",
                        "management.otlp.tracing.headers.api-key=secret",
                        "management.tracing.sampling.probability=1")) {
            replay.source("cam-1").block(1);
            replay.get("/status").ok();
            replay.create(JobsWorkflowTest.request("cam-1", 0, "'now'", sink.url(), "out"));

            Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(exported())
                    .contains("caravan", "service.name", "direct://replay-", "zeromq://", "replay-job://"));
            assertThat(keys).containsOnly("secret");
        }
    }

    @Test
    @DisplayName("RX19 without a collector no tracer is there, and no exchange costs anything")
    void off() {
        try (RunningReplay replay = RunningReplay.start(data)) {
            assertThat(replay.camel().hasService(OpenTelemetryTracer.class)).isNull();
            assertThat(replay.camel().getRoutePolicyFactories())
                    .noneMatch(factory -> factory.getClass().getName().contains("telemetry"));
        }
        assertThat(exports).isEmpty();
    }

    private String exported() {
        StringBuilder text = new StringBuilder();
        exports.forEach(bytes -> text.append(new String(bytes, StandardCharsets.ISO_8859_1)));
        return text.toString();
    }
}
