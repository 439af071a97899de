package routes.imaging;

import java.net.http.HttpResponse;
import java.util.Map;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;

import static org.assertj.core.api.Assertions.assertThat;

/** What an operator does over HTTP when an object was lost or is doubted. */
class OperationsWorkflowTest extends ImagingWorkflow {

    @Test
    @DisplayName("a lost object is noticed, uploaded again when asked for, and the same as before")
    void uploadsAgain() {
        SampleEvent event = drop(SampleEvent.ofPrince());
        JsonNode before = awaitExported(event.refId()).path("export");
        assertThat(verify(event.refId()).path("ok").asBoolean()).isTrue();
        s3.deleteObject(request -> request.bucket(imaging.bucket()).key(objectKey(before)));
        JsonNode lost = verify(event.refId());
        assertThat(lost.path("ok").asBoolean()).isFalse();
        assertThat(lost.path("actual").isNull()).isTrue();
        assertThat(lost.path("problems")).isNotEmpty();

        HttpResponse<String> queued = post("/api/1/operations/re-upload/" + event.refId());

        assertThat(queued.statusCode()).isEqualTo(202);
        assertThat(parse(queued.body()).path("url").asText()).isEqualTo("/api/1/events/" + event.refId());
        await().until(() -> verify(event.refId()).path("ok").asBoolean());
        JsonNode after = event(event.refId()).path("export");
        assertThat(Checksums.sha256(download(after.path("url").asText())))
                .isEqualTo(before.path("checksum").asText());
        assertThat(after.path("checksum")).isEqualTo(before.path("checksum"));
    }

    @Test
    @DisplayName("an object that was overwritten by somebody is not as recorded")
    void overwritten() {
        SampleEvent event = drop(SampleEvent.ofPrince());
        JsonNode export = awaitExported(event.refId()).path("export");
        s3.putObject(
                request -> request.bucket(imaging.bucket()).key(objectKey(export)), RequestBody.fromString("not it"));

        JsonNode verified = verify(event.refId());

        assertThat(verified.path("ok").asBoolean()).isFalse();
        assertThat(verified.path("actual").path("size").asLong()).isEqualTo(6);
        assertThat(verified.path("problems")).hasSize(2);
    }

    @Test
    @DisplayName("what cannot be uploaded again or verified gets a clear answer")
    void refused() {
        UUID unknown = UUID.randomUUID();

        assertThat(post("/api/1/operations/re-upload/" + unknown).statusCode()).isEqualTo(404);
        assertThat(post("/api/1/operations/verify/" + unknown).statusCode()).isEqualTo(404);
        assertThat(post("/api/1/operations/verify/nonsense").statusCode()).isEqualTo(422);
        HttpResponse<String> stream = post("/api/1/operations/requeue-dead", Map.of("stream", "some:other"));
        assertThat(stream.statusCode()).isEqualTo(422);
        assertThat(parse(stream.body()).path("detail").path(0).path("loc")).isEqualTo(parse("[\"body\", \"stream\"]"));
    }

    private JsonNode verify(UUID refId) {
        HttpResponse<String> answer = post("/api/1/operations/verify/" + refId);
        assertThat(answer.statusCode()).isEqualTo(200);
        return parse(answer.body());
    }

    private String objectKey(JsonNode export) {
        return export.path("key").asText().substring(imaging.bucket().length() + 1);
    }
}
