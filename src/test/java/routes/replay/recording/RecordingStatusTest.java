package routes.replay.recording;

import java.nio.file.Path;
import java.util.Optional;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.actuate.health.Health;
import routes.replay.RecordedSource;

import static org.assertj.core.api.Assertions.assertThat;

class RecordingStatusTest {

    @TempDir
    Path directory;

    private RecordedSource source;
    private Health ingest = Health.up().build();

    @BeforeEach
    void open() {
        source = new RecordedSource(directory, "cam");
    }

    @AfterEach
    void close() {
        source.close();
    }

    @Test
    @DisplayName("RP104 running while the ingress runs")
    void running() {
        RecordingStatus status = status(true);

        assertThat(status.answer(status.trouble()).textValue()).isEqualTo("running");
        assertThat(status.httpStatus(status.trouble())).isEqualTo(200);
    }

    @Test
    @DisplayName("RP104 after the ingress died each question gets the same 500 with the reason, until it runs again")
    void dead() {
        RecordingStatus status = status(true);
        ingest = Health.down()
                .withDetail("replay-receive-messages", "route is Stopped")
                .build();

        for (int i = 0; i < 3; i++) {
            Optional<String> trouble = status.trouble();
            assertThat(status.httpStatus(trouble)).isEqualTo(500);
            assertThat(status.contentType(trouble)).isEqualTo("application/problem+json");
            assertThat(status.answer(trouble).path("error").asText())
                    .contains("replay-receive-messages")
                    .contains("Stopped");
        }
        ingest = Health.up().build();
        assertThat(status.trouble()).isEmpty();
    }

    @Test
    @DisplayName("RP104 finished where recording is switched off, whatever the routes are")
    void finished() {
        ingest = Health.down().build();
        RecordingStatus status = status(false);

        assertThat(status.answer(status.trouble()).textValue()).isEqualTo("finished");
    }

    private RecordingStatus status(boolean switchedOn) {
        return new RecordingStatus(() -> switchedOn, () -> Optional.of(ingest), source::store);
    }
}
