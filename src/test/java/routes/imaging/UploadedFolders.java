package routes.imaging;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import routes.imaging.event.EventType;
import routes.imaging.event.NewExport;
import routes.imaging.event.NewImagingEvent;
import routes.imaging.event.StreamMessages;
import routes.imaging.event.SystemShares;
import routes.imaging.event.inbox.StagingArea;
import routes.imaging.record.ImagingEventRow;
import routes.imaging.retention.ProvenDeletion;
import routes.imaging.retention.Retention;
import routes.imaging.store.EventUploads;
import routes.imaging.store.KeyClaims;
import routes.imaging.store.ObjectStore;
import routes.imaging.store.TarUploader;
import routes.imaging.store.UploadSettings;

/** Uploads folders to a real store as the application does, and keeps what it would find of them in the database. */
public final class UploadedFolders {

    public static final Instant PUBLISHED = Instant.parse("2024-02-01T10:00:00Z");

    private final TestStore store;
    private final StreamMessages messages = new StreamMessages(EventJson.MAPPER);
    private final EventUploads uploads;
    private final ObjectStore objects;

    public UploadedFolders(TestStore store, ObjectStore objects, SystemShares shares, StagingArea staging) {
        this.store = store;
        this.objects = objects;
        TarUploader uploader = new TarUploader(objects, new KeyClaims(), UploadSettings.DEFAULTS, Clock.systemUTC());
        this.uploads = new EventUploads(
                shares, staging, objects, uploader, EventJson.MAPPER, Duration.ZERO, Clock.systemUTC());
    }

    /** A time step and what is recorded of it. */
    public record Recorded(NewImagingEvent event, Map<String, Object> row, @Nullable NewExport export) {

        public Map<String, Object> due(String path) {
            Map<String, Object> due = new HashMap<>(row);
            due.put("imaging_event_id", event.refId());
            due.put("path", path);
            due.put("kept_because", null);
            due.put("appended_at", Timestamp.from(PUBLISHED));
            NewExport recorded = Optional.ofNullable(export).orElseThrow();
            due.put("key", recorded.key());
            due.put("size", recorded.size());
            due.put("hex", recorded.checksum().hex());
            return due;
        }

        Map<String, Object> unrecorded() {
            return Map.of("system", event.system(), "path", event.source().localPath());
        }
    }

    public Recorded publish(String system, String path, @Nullable String stagingPath) {
        ObjectNode metadata = EventJson.MAPPER.createObjectNode();
        metadata.putObject("metadata").put("gain", 0.0).put("exposure_ms", 1e-5);
        NewImagingEvent event = new NewImagingEvent(
                UUID.randomUUID(),
                "exp-" + UUID.randomUUID(),
                "2024-02-01T10:30:00.1234567+01:00",
                EventType.STITCH,
                system,
                new NewImagingEvent.Source(stagingPath, path, 2, 2, metadata),
                3,
                7,
                null,
                null);
        ImagingEventRow columns = ImagingEventRow.of(event, "1706781600000-0");
        Map<String, Object> row = new HashMap<>();
        row.put("ref_id", event.refId());
        row.put("experiment_id", columns.experimentId());
        row.put("timestamp", columns.timestamp().plusNanos(500).truncatedTo(ChronoUnit.MICROS));
        row.put("type", columns.type());
        row.put("system", system);
        row.put("position", 3);
        row.put("plate", 7);
        row.put("cross_date", null);
        row.put("local_path", columns.localPath());
        row.put("staging_path", stagingPath);
        row.put("img_count", 2);
        row.put("img_count_actual", 2);
        row.put("raw_metadata", columns.rawMetadata());
        return new Recorded(event, row, null);
    }

    public Recorded upload(Recorded published) throws IOException, InterruptedException {
        return new Recorded(published.event(), published.row(), uploads.upload(published.event(), List.of()));
    }

    /** As after the command of an operator. */
    public Recorded uploadAgain(Recorded uploaded) throws IOException, InterruptedException {
        NewImagingEvent again = messages.recordedEvent(uploaded.row()).uploadedAgain();
        NewExport before = Optional.ofNullable(uploaded.export()).orElseThrow();
        NewExport after = uploads.upload(
                again,
                List.of(Map.of("key", before.key(), "hex", before.checksum().hex())));
        return new Recorded(uploaded.event(), uploaded.row(), after);
    }

    /** Content, or target of a link, by member. */
    Map<String, String> membersOf(Recorded uploaded) throws IOException {
        Map<String, String> members = new HashMap<>();
        byte[] object = store.download(keyOf(uploaded));
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new ByteArrayInputStream(object))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                members.put(
                        entry.getName(),
                        entry.isSymbolicLink() ? entry.getLinkName() : Checksums.sha256(tar.readAllBytes()));
            }
        }
        return members;
    }

    public void lose(Recorded uploaded) {
        store.client().deleteObject(delete -> delete.bucket(TestStore.BUCKET).key(keyOf(uploaded)));
    }

    private static String keyOf(Recorded uploaded) {
        return Optional.ofNullable(uploaded.export()).orElseThrow().key().substring(TestStore.BUCKET.length() + 1);
    }

    public Retention retention(SystemShares shares, StagingArea staging, List<String> deleteSystems, Clock clock) {
        return retention(shares, staging, deleteSystems, clock, objects);
    }

    public Retention retention(
            SystemShares shares, StagingArea staging, List<String> deleteSystems, Clock clock, ObjectStore from) {
        return new Retention(
                shares,
                staging,
                new ProvenDeletion(from, clock),
                messages,
                EventJson.MAPPER,
                deleteSystems,
                Duration.ofHours(8),
                Duration.ofHours(24),
                clock);
    }
}
