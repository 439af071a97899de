package routes.replay;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What {@code GET /status} says of an ingress that died, and what goes on without it. */
class IngressStatusTest {

    @TempDir
    private Path data;

    @Test
    @DisplayName(
            "RP104 a dead ingress is an error with its reason, each time it is asked; jobs go on; then it is running")
    void deadIngress() throws Exception {
        ServerSocket foreign = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        try (RunningReplay replay = start(foreign.getLocalPort());
                SavantReceiver sink = SavantReceiver.router()) {
            assertDead(replay, "tcp://127.0.0.1:" + foreign.getLocalPort() + " failed");
            replay.source("cam-1").block(2);
            replay.create(JobsWorkflowTest.request("cam-1", 0, "'never'", sink.url(), "out"));
            assertThat(sink.awaitFrames("out", 2)).containsExactly(0L, 1L);

            foreign.close();
            patiently().untilAsserted(() -> {
                RunningReplay.Answer status = replay.get("/status");
                assertThat(status.status()).isEqualTo(200);
                assertThat(status.body().textValue()).isEqualTo("running");
            });
            replay.camel().getRouteController().stopRoute("replay-record-stream");
            assertDead(replay, "replay-record-stream");
        }
    }

    private RunningReplay start(int ingress) {
        return RunningReplay.start(
                data, "replay.ingest.enabled=true", "replay.in-stream.url=router+bind:tcp://127.0.0.1:" + ingress);
    }

    private static void assertDead(RunningReplay replay, String reason) {
        patiently().until(() -> replay.get("/status").status() == 500);
        for (int time = 0; time < 3; time++) {
            RunningReplay.Answer status = replay.get("/status");
            assertThat(status.status()).isEqualTo(500);
            assertThat(status.type()).startsWith("application/problem+json");
            assertThat(status.body().get("error").textValue()).contains("Recording has stopped", reason);
        }
    }

    private static ConditionFactory patiently() {
        return Awaitility.await().atMost(Duration.ofSeconds(40)).pollInterval(Duration.ofMillis(100));
    }
}
