package routes.imaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Uploads the images of one event: from the staging copy when there is one, else from the source. */
final class EventUploads {

    private static final Logger LOG = LoggerFactory.getLogger(EventUploads.class);
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private final SystemShares shares;
    private final StagingArea staging;
    private final ObjectStore store;
    private final TarUploader uploader;
    private final ObjectMapper json;
    private final Clock clock;

    EventUploads(
            SystemShares shares,
            StagingArea staging,
            ObjectStore store,
            TarUploader uploader,
            ObjectMapper json,
            Clock clock) {
        this.shares = shares;
        this.staging = staging;
        this.store = store;
        this.uploader = uploader;
        this.json = json;
        this.clock = clock;
    }

    /**
     * Whether the event still needs its upload. A recorded object is never replaced, not even when the event comes
     * again with other images, since the database holds its checksum; one that was lost is uploaded again. (The
     * uploader then looks at its key once more, right before it sends: that look decides between several uploaders.)
     *
     * @param rows of {@code find-export.sql}
     */
    public boolean isWanted(NewImagingEvent event, List<Map<String, Object>> rows) throws IOException {
        Optional<String> key = rows.stream()
                .map(row -> (String) row.get("key"))
                .filter(Objects::nonNull)
                .findFirst();
        if (key.isEmpty() || store.head(withoutBucket(key.get())).isEmpty()) {
            return true;
        }
        LOG.info("{} is recorded as the object of event {}; nothing is uploaded", key.get(), event.refId());
        return false;
    }

    private static String withoutBucket(String key) {
        return key.substring(key.indexOf('/') + 1);
    }

    /**
     * @return what to announce, once the object is in the store and was seen there
     * @throws routes.platform.InvalidInputException when the event can never be uploaded
     * @throws IOException when it is worth trying again
     */
    public NewExport upload(NewImagingEvent event) throws IOException {
        Path source = sourceOf(event);
        Instant timestamp = Timestamps.parse(event.timestamp()).time().toInstant();
        TarLayout layout = TarLayout.of(source, Optional.of(metadataOf(event, timestamp)));
        ObjectKey key = new ObjectKey(event.type(), event.experimentId(), timestamp, event.refId());
        UploadedTar uploaded = uploader.upload(layout, key);
        LOG.info(
                "{} is in the store as {}, {} bytes{}",
                FileNames.printable(source),
                uploaded.bucketAndKey(),
                uploaded.size(),
                uploaded.alreadyThere() ? ", since before" : "");
        return new NewExport(
                event.refId(),
                new NewExport.Checksum(uploaded.sha256(), "sha256"),
                uploaded.size(),
                uploaded.bucketAndKey(),
                clock.instant().truncatedTo(ChronoUnit.MICROS));
    }

    private Path sourceOf(NewImagingEvent event) {
        Optional<Path> staged = event.source().staging().map(staging::resolve).filter(Files::exists);
        return staged.orElseGet(
                () -> shares.of(event.system()).imageSource(event.source().localPath()));
    }

    private GeneratedMetadata metadataOf(NewImagingEvent event, Instant timestamp) {
        JsonNode raw = event.source().rawMetadata();
        Map<String, Object> metadata = raw != null && raw.isObject() ? json.convertValue(raw, OBJECT) : Map.of();
        return new GeneratedMetadata(
                event.refId(), event.experimentId(), timestamp, event.type().label(), event.system(), metadata);
    }
}
