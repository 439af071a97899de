package routes.replay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;

import io.micrometer.core.instrument.MeterRegistry;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.util.TestSocketUtils;
import org.zeromq.SocketType;
import routes.component.framestore.FrameStoreComponent;
import routes.component.zeromq.ZeroMqConsumer;

import static org.assertj.core.api.Assertions.assertThat;
import static routes.replay.ReplaySlice.eventually;
import static routes.replay.SavantSamples.END_OF_STREAM_VECTOR;
import static routes.replay.SavantSamples.FRAME_VECTOR;

/** Recording and forwarding in the whole application, seen from outside: ZeroMQ, health, metrics, files. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"server.port=0", "imaging.enabled=false", "replay.in-stream.url=router+bind:tcp://127.0.0.1:0"})
class RecordWorkflowTest {

    private static final Path DATA = temporaryFolder();
    private static final String OUT = "tcp://127.0.0.1:" + TestSocketUtils.findAvailableTcpPort();

    @Autowired
    private CamelContext camel;

    @Autowired
    private MeterRegistry meters;

    @LocalServerPort
    private int port;

    private final HttpClient http = HttpClient.newHttpClient();

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        registry.add("caravan.data-dir", DATA::toString);
        registry.add("caravan.routes-directory", () -> DATA.resolve("routes.d").toString());
        registry.add("replay.out-stream.url", () -> "dealer+connect:" + OUT);
    }

    @Test
    @DisplayName("RP14 RP24 RX19 a frame comes in, is in the store's folder and forwarded; health and meters tell")
    void recordsAndForwards() throws Exception {
        ZeroMqConsumer consumer =
                (ZeroMqConsumer) camel.getRoute("replay-record-stream").getConsumer();
        eventually().until(() -> !consumer.getEndpoints().isEmpty());
        try (ZmqPeer sink = ZmqPeer.bound(SocketType.ROUTER, OUT);
                ZmqPeer source = ZmqPeer.connected(SocketType.DEALER, consumer.getEndpoints())) {
            source.send("cam-1", FRAME_VECTOR, "picture").send("cam-1", END_OF_STREAM_VECTOR);

            assertThat(source.texts()).containsExactly("OK");
            assertThat(ZmqPeer.texts(sink.receive())).contains("cam-1", "picture");
        }

        assertThat(camel.getComponent("frame-store", FrameStoreComponent.class)
                        .store("replay")
                        .source("cam-1")
                        .orElseThrow()
                        .nextIndex())
                .isEqualTo(2);
        assertThat(DATA.resolve("frame-store/replay")).isDirectory();
        assertThat(get("/actuator/health/stages/replay/ingest")).contains("UP");
        assertThat(get("/actuator/health/stages/replay/egress")).contains("UP");
        assertThat(meters.get("replay.messages")
                        .tag("outcome", "delivered")
                        .counter()
                        .count())
                .isEqualTo(2);
        assertThat(meters.get("replay.data").counter().count()).isEqualTo(7);
        assertThat(meters.get("replay.egress.waiting").gauge().value()).isLessThan(2);
        assertThat(meters.find("zeromq.inflight.messages").gauges()).isNotEmpty();
        assertThat(meters.find("frame.store.stored.bytes").gauges()).isNotEmpty();
    }

    private String get(String path) throws IOException, InterruptedException {
        return http.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("caravan-replay");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
