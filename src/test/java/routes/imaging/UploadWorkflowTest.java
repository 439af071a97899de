package routes.imaging;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import routes.component.redisstream.RedisStreamEndpoint;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

import static org.assertj.core.api.Assertions.assertThat;

class UploadWorkflowTest extends ImagingWorkflow {

    @Test
    @DisplayName("U05 each upload has a consumer of its own, and there are as many as imaging.upload.jobs says")
    void uploadsAtOnce() {
        RedisStreamEndpoint events =
                (RedisStreamEndpoint) camel.getRoute("imaging-upload-event").getEndpoint();

        assertThat(events.getConfiguration().getConcurrentConsumers())
                .isEqualTo(imaging.upload().jobs());
        assertThat(events.getConfiguration().getCount())
                .as("entries a consumer takes at once")
                .isEqualTo(1);
    }

    @Test
    @DisplayName("U01 the key is in UTC; a video goes to videos/")
    void keysOfTypes() {
        SampleEvent still = drop(SampleEvent.ofPrince().with("timestamp", "2024-02-01T00:30:00+01:00"));
        SampleEvent video = drop(SampleEvent.ofPrince().with("event_type", "video"));

        assertThat(keyOf(awaitExported(still.refId())))
                .isEqualTo("images/" + still.fields().get("experiment_id") + "/20240131/233000.tar");
        assertThat(keyOf(awaitExported(video.refId())))
                .isEqualTo("videos/" + video.fields().get("experiment_id") + "/20240201/093000.tar");
    }

    @Test
    @DisplayName("U02 U12 the tar that is downloaded has the whole folder, in order, whatever the names")
    void tarMembers() throws IOException {
        String odd = "ünïcode with spaces " + "n".repeat(110) + ".txt";
        SampleEvent event = SampleEvent.ofPrince();
        event.writeImages(share("prince"));
        Path folder = share("prince").resolve(event.imageDir());
        Files.writeString(Files.createDirectories(folder.resolve("Notes")).resolve(odd), "a note");
        Files.writeString(folder.resolve("metadata.json"), "{\"exposure\": 3}");
        event.writeFile(events("prince"));

        JsonNode export = awaitExported(event.refId()).path("export");

        assertThat(membersOf(download(export.path("url").asText())))
                .containsExactly(
                        "./",
                        "./Img/",
                        "./Img/img_000.tif",
                        "./Img/img_001.tif",
                        "./Notes/",
                        "./Notes/" + odd,
                        "./metadata.json");
    }

    @Test
    @DisplayName("U03 a tar above the threshold of parts is application/x-tar, and its checksum is that of the whole")
    void largeTar() {
        SampleEvent event = drop(SampleEvent.of("aretha").images(3, 4 << 20));

        JsonNode shown = awaitExported(event.refId());

        HeadObjectResponse object = head(keyOf(shown));
        assertThat(object.contentType()).isEqualTo("application/x-tar");
        assertThat(Checksums.sha256(download(shown.path("export").path("url").asText())))
                .isEqualTo(shown.path("export").path("checksum").asText());
    }

    @Test
    @DisplayName("U09 two events of one experiment in the same second give two objects, each with its own images")
    void sameSecond() {
        SampleEvent one = SampleEvent.ofPrince();
        SampleEvent other =
                SampleEvent.ofPrince().with("experiment_id", one.fields().get("experiment_id"));
        drop(one);
        drop(other);

        List<String> keys = List.of(keyOf(awaitExported(one.refId())), keyOf(awaitExported(other.refId())));

        assertThat(keys).doesNotHaveDuplicates().anyMatch(key -> key.endsWith("/093000.tar"));
        for (SampleEvent event : List.of(one, other)) {
            JsonNode export = event(event.refId()).path("export");
            assertThat(Checksums.sha256(download(export.path("url").asText())))
                    .isEqualTo(export.path("checksum").asText());
        }
    }

    @Test
    @DisplayName("U10 an uploaded event that is delivered again is neither stored nor announced again")
    void deliveredAgain() {
        SampleEvent event = drop(SampleEvent.ofPrince());
        String key = keyOf(awaitExported(event.refId()));
        HeadObjectResponse before = head(key);

        String again = publish(published(event.refId()).get(0));
        awaitRead(again);

        assertThat(announced(event.refId())).hasSize(1);
        assertThat(head(key).lastModified()).isEqualTo(before.lastModified());
    }

    @Test
    @DisplayName("U08 when the notification of an object was lost it is announced again, but not stored again")
    void lostNotification() {
        SampleEvent event = drop(SampleEvent.ofPrince());
        JsonNode first = awaitExported(event.refId());
        HeadObjectResponse before = head(keyOf(first));
        new RecordedRows(sql).forgetExport(event.refId());

        publish(published(event.refId()).get(0));

        JsonNode second = awaitExported(event.refId());
        assertThat(second.path("export").path("key"))
                .isEqualTo(first.path("export").path("key"));
        assertThat(second.path("export").path("checksum"))
                .isEqualTo(first.path("export").path("checksum"));
        assertThat(head(keyOf(second)).lastModified()).isEqualTo(before.lastModified());
        assertThat(announced(event.refId())).hasSize(2);
    }

    @Test
    @DisplayName("U08 an event that cannot be uploaded yet stays pending, and others go past it")
    void pendingUntilAnnounced() {
        SampleEvent late = SampleEvent.ofPrince();
        String entry = publish(entryOf(late));
        SampleEvent other = drop(SampleEvent.ofPrince());
        awaitExported(other.refId());
        assertThat(isPending(entry)).isTrue();
        assertThat(announced(late.refId())).isEmpty();

        late.writeImages(share("prince"));

        awaitExported(late.refId());
        awaitRead(entry);
        assertThat(announced(late.refId())).hasSize(1);
    }

    @Test
    @DisplayName("U13 uploaders that get an event many times at once make one object and agree on it")
    void manyDeliveries() {
        SampleEvent event = SampleEvent.ofPrince().writeImages(share("prince"));
        List<String> entries = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            entries.add(publish(entryOf(event)));
        }
        entries.forEach(this::awaitRead);

        JsonNode export = awaitExported(event.refId()).path("export");
        assertThat(announced(event.refId()))
                .isNotEmpty()
                .allMatch(announced -> announced.path("key").equals(export.path("key")))
                .allMatch(announced -> announced
                        .path("checksum")
                        .path("hex")
                        .asText()
                        .equals(export.path("checksum").asText()));
        assertThat(sql.sql("select count(*) from object_store_entries where \"key\" = ?")
                        .param(export.path("key").asText())
                        .query(Long.class)
                        .single())
                .isOne();
    }

    private Map<String, Object> entryOf(SampleEvent event) {
        return StreamEntries.event(event);
    }

    private String publish(Object entry) {
        return StreamEntries.append(redis, imaging.streams().events(), entry);
    }

    private void awaitRead(String entry) {
        await().until(() -> wasDelivered(entry) && !isPending(entry));
    }

    private boolean isPending(String entry) {
        return !redis.xpending(
                        imaging.streams().events(),
                        imaging.streams().uploadGroup(),
                        Range.create(entry, entry),
                        Limit.from(1))
                .isEmpty();
    }

    private boolean wasDelivered(String entry) {
        return StreamEntries.wasDelivered(
                redis, imaging.streams().events(), imaging.streams().uploadGroup(), entry);
    }

    private String keyOf(JsonNode event) {
        String key = event.path("export").path("key").asText();
        assertThat(key).startsWith(imaging.bucket() + "/");
        return key.substring(imaging.bucket().length() + 1);
    }

    private HeadObjectResponse head(String key) {
        return s3.headObject(request -> request.bucket(imaging.bucket()).key(key));
    }

    private static List<String> membersOf(byte[] tar) throws IOException {
        List<String> names = new ArrayList<>();
        try (InputStream bytes = new ByteArrayInputStream(tar);
                TarArchiveInputStream members = new TarArchiveInputStream(bytes, "UTF-8")) {
            for (TarArchiveEntry member = members.getNextEntry(); member != null; member = members.getNextEntry()) {
                names.add(member.getName());
            }
        }
        return names;
    }
}
