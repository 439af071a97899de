package routes.replay;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.platform.CaravanProcess;
import routes.platform.FreePort;

import static org.assertj.core.api.Assertions.assertThat;

/** Ends the packaged application over HTTP. */
class ReplayShutdownIT {

    @TempDir
    private Path folder;

    @Test
    @DisplayName("RP105 POST /shutdown answers \"ok\", and the process ends within two seconds with exit code 0")
    void shutsDown() throws Exception {
        try (CaravanProcess process = CaravanProcess.start(
                folder,
                FreePort.any(),
                Path.of("target", "replay-shutdown.log").toAbsolutePath(),
                List.of(
                        "--caravan.data-dir=" + folder.resolve("data"),
                        "--imaging.enabled=false",
                        "--replay.in-stream.url=router+bind:tcp://127.0.0.1:" + FreePort.any()))) {
            process.awaitReady();

            assertThat(process.send("POST", "/replay/api/v1/shutdown", "").body())
                    .isEqualTo("\"ok\"");
            CaravanProcess.End end = process.awaitEnd(Duration.ofSeconds(30));

            // Two seconds and a loaded machine's third; by itself it would take as long as the slowest thread
            assertThat(end.after()).isLessThan(Duration.ofSeconds(3));
            assertThat(end.status()).isZero();
        }
    }
}
