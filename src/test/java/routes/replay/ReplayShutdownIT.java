package routes.replay;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zeromq.SocketType;
import routes.platform.CaravanProcess;
import routes.platform.FreePort;

import static org.assertj.core.api.Assertions.assertThat;

/** Ends the packaged application, which runs as replay alone. */
class ReplayShutdownIT {

    @TempDir
    private Path folder;

    @Test
    @DisplayName(
            "RP105 SIGTERM ends the process in an orderly way: what was only in memory is on disk, the status is 143")
    void terminates() throws Exception {
        SavantSource camera = new SavantSource("cam-1", 5, 1_000);
        int ingress = FreePort.any();
        try (CaravanProcess process = start(ingress);
                ZmqPeer source = ZmqPeer.connected(SocketType.DEALER, "tcp://127.0.0.1:" + ingress)) {
            process.awaitReady();
            for (int frame = 0; frame < 20; frame++) {
                source.send(camera.frame(frame));
            }
            source.send(camera.endOfStream(21));
            assertThat(source.texts()).containsExactly("OK");

            Duration took = process.terminate();
            CaravanProcess.End end = process.awaitEnd(Duration.ofSeconds(1));

            assertThat(took).isLessThan(Duration.ofSeconds(10));
            // That of a JVM which ends orderly after signal 15
            assertThat(end.status()).isEqualTo(128 + 15);
        }
        try (CaravanProcess again = start(ingress)) {
            again.awaitReady();
            assertThat(again.get("/replay/api/v1/sources/cam-1").body()).contains("\"messages\":21");
        }
    }

    private CaravanProcess start(int ingress) {
        return CaravanProcess.start(
                folder,
                FreePort.any(),
                Path.of("target", "replay-shutdown.log").toAbsolutePath(),
                List.of(
                        "replay",
                        "--caravan.data-dir=" + folder.resolve("data"),
                        "--replay.storage.durability=memory",
                        "--replay.in-stream.url=router+bind:tcp://127.0.0.1:" + ingress));
    }

    @Test
    @DisplayName("RP105 POST /shutdown answers \"ok\", and the process ends within two seconds with exit code 0")
    void shutsDown() throws Exception {
        try (CaravanProcess process = start(FreePort.any())) {
            process.awaitReady();

            assertThat(process.send("POST", "/replay/api/v1/shutdown", "").body())
                    .isEqualTo("\"ok\"");
            CaravanProcess.End end = process.awaitEnd(Duration.ofSeconds(30));

            // Two seconds and what a loaded machine adds; by itself it would take as long as the slowest thread
            assertThat(end.after()).isLessThan(Duration.ofSeconds(6));
            assertThat(end.status()).isZero();
        }
    }
}
