package routes.imaging;

import java.security.MessageDigest;
import java.util.HexFormat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ExportWorkflowTest extends ImagingWorkflow {

    @Test
    @DisplayName("I01 U04 A06 an event file becomes an object that downloads with the recorded checksum")
    void eventFileBecomesObject() throws Exception {
        SampleEvent event = drop(SampleEvent.ofPrince().images(5, 1 << 20));

        JsonNode export = awaitExported(event.refId()).path("export");

        byte[] tar = download(export.path("url").asText());
        String checksum =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(tar));
        assertThat(tar).hasSizeGreaterThan(5 << 20);
        assertThat(export.path("size").asLong()).isEqualTo(tar.length);
        assertThat(export.path("checksum").asText()).isEqualTo(checksum);
        assertThat(events("prince").resolve(event.fileName())).doesNotExist();
    }
}
