package routes.replay.job.service;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import routes.replay.JobSamples;
import routes.replay.job.JobDefinition;
import routes.replay.job.json.JobRequestReader;
import routes.replay.socket.CurveKeys;
import routes.replay.socket.SinkOptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SinkCurvesTest {

    private static final CurveKeys KEYS = new CurveKeys("public", "secret", "server", List.of());

    private final SinkCurves curves = new SinkCurves(Map.of("vault", KEYS));

    @Test
    @DisplayName("RX20 a job gets the keys it names, with a reference in the place of the secret")
    void reference() {
        CurveKeys keys = curves.of(job("vault"));

        assertThat(keys.publicKey()).isEqualTo("public");
        assertThat(keys.secretKey()).startsWith("#bean:").doesNotContain("secret");
        assertThat(curves.secrets())
                .containsExactly(Map.entry(keys.secretKey().substring("#bean:".length()), "secret"));
    }

    @Test
    @DisplayName("RX20 without a name the sink is not encrypted")
    void none() {
        ObjectNode request = JobSamples.request("cam-1", new UUID(0, 1), "'now'");

        assertThat(curves.of(new JobRequestReader().definition(request, SinkOptions.DEFAULT)))
                .isEqualTo(CurveKeys.NONE);
    }

    @Test
    @DisplayName("RX20 a job of before whose keys are not configured any more is never sent in the clear")
    void keysAreGone() {
        assertThatThrownBy(() -> curves.of(job("old"))).hasMessageContaining("replay.jobs.sink-curve.old");
    }

    private static JobDefinition job(String curve) {
        ObjectNode request = JobSamples.request("cam-1", new UUID(0, 1), "'now'");
        request.withObject("/sink").put("curve", curve);
        return new JobRequestReader().definition(request, SinkOptions.DEFAULT);
    }
}
