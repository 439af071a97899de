package routes.imaging.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.imaging.event.EventType;
import routes.imaging.event.FileNames;
import routes.imaging.event.NewExport;
import routes.imaging.event.NewImagingEvent;
import routes.imaging.event.SystemShares;
import routes.imaging.event.Timestamps;
import routes.imaging.event.inbox.ImageSource;
import routes.imaging.event.inbox.StagingArea;
import routes.imaging.tar.GeneratedMetadata;
import routes.imaging.tar.TarLayout;
import routes.platform.FieldProblem;
import routes.platform.InvalidInputException;

/**
 * Uploads the images of one event, from the staging copy when there is one, else from the source. When an operator
 * requests an upload again, the images come from the source if it exists, since the staging copy is older.
 */
public final class EventUploads {

    private static final Logger LOG = LoggerFactory.getLogger(EventUploads.class);

    private final SystemShares shares;
    private final StagingArea staging;
    private final ObjectStore store;
    private final StoredTar storedTar;
    private final TarUploader uploader;
    private final ObjectMapper json;
    private final Duration settle;
    private final Clock clock;

    public EventUploads(
            SystemShares shares,
            StagingArea staging,
            ObjectStore store,
            TarUploader uploader,
            ObjectMapper json,
            Duration settle,
            Clock clock) {
        this.shares = shares;
        this.staging = staging;
        this.store = store;
        this.storedTar = new StoredTar(store);
        this.uploader = uploader;
        this.json = json;
        this.settle = settle;
        this.clock = clock;
    }

    /**
     * Whether the event still needs its upload. A recorded object is replaced only when an operator wants it to be, not
     * because the event comes again with other images, since the database holds its checksum; one that was lost is
     * uploaded again. (The uploader then looks at its key once more, right before it sends: that look decides between
     * several uploaders.)
     *
     * @param rows of {@code find-export.sql}
     */
    public boolean isWanted(NewImagingEvent event, List<Map<String, Object>> rows) throws IOException {
        Optional<String> key = recorded(rows, "key");
        if (event.wantsUploadAgain()
                || key.isEmpty()
                || store.head(withoutBucket(key.get())).isEmpty()) {
            return true;
        }
        LOG.info("{} is recorded as the object of event {}; nothing is uploaded", key.get(), event.refId());
        return false;
    }

    private static String withoutBucket(String key) {
        return key.substring(key.indexOf('/') + 1);
    }

    private static Optional<String> recorded(List<Map<String, Object>> rows, String column) {
        return rows.stream()
                .map(row -> (String) row.get(column))
                .filter(Objects::nonNull)
                .findFirst();
    }

    /**
     * @param rows of {@code find-export.sql}
     * @return what to announce, once the object is in the store and was seen there
     * @throws routes.platform.InvalidInputException when the event can never be uploaded
     * @throws IOException when it is worth trying again
     */
    public NewExport upload(NewImagingEvent event, List<Map<String, Object>> rows)
            throws IOException, InterruptedException {
        Path source = sourceOf(event);
        Instant timestamp = Timestamps.parse(event.timestamp()).time().toInstant();
        TarLayout layout = TarLayout.of(source, Optional.of(GeneratedMetadata.of(event, json)));
        requireQuiet(layout);
        Optional<String> replaced = event.wantsUploadAgain() ? recorded(rows, "hex") : Optional.empty();
        Optional<String> recordedKey = event.wantsUploadAgain() ? recorded(rows, "key") : Optional.empty();
        if (recordedKey.isPresent()) {
            requireAllOf(withoutBucket(recordedKey.get()), layout);
        }
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
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                replaced.orElse(null),
                replaced.isPresent() ? imagesIn(source, event.type()) : null);
    }

    /**
     * A source that changed after its event was published may still be changing. The staging copy is ours and
     * complete.
     */
    private void requireQuiet(TarLayout layout) throws IOException, InterruptedException {
        long quietSince =
                TimeUnit.MILLISECONDS.toNanos(clock.instant().minus(settle).toEpochMilli());
        boolean changedJustNow = layout.changedLast()
                .filter(member -> member.changedNanos() > quietSince)
                .isPresent();
        if (changedJustNow && !staging.holds(layout.source())) {
            Thread.sleep(settle.toMillis());
            layout.verifyUnchanged();
        }
    }

    /** An object is not replaced by one with fewer files: a file that is gone here may exist nowhere else. */
    private void requireAllOf(String key, TarLayout layout) throws IOException {
        Optional<String> lost = store.head(key).isPresent() ? storedTar.memberThatLacks(layout, key) : Optional.empty();
        if (lost.isPresent()) {
            throw new InvalidInputException(new FieldProblem(
                    List.of("img_dir"),
                    "incomplete",
                    layout.source() + " no longer holds " + lost.get() + ", which is in " + store.bucket() + "/" + key
                            + "; the object is not replaced. Put the file back and upload again, or give what is new"
                            + " a folder and an event of its own",
                    null));
        }
    }

    private static int imagesIn(Path source, EventType type) throws IOException {
        return ImageSource.countImages(source, type).orElse(0);
    }

    private Path sourceOf(NewImagingEvent event) {
        Optional<Path> staged = event.source().staging().map(staging::resolve).filter(Files::exists);
        if (staged.isPresent() && !event.wantsUploadAgain()) {
            return staged.get();
        }
        Path source = shares.of(event.system()).imageSource(event.source().localPath());
        return Files.exists(source) ? source : staged.orElse(source);
    }
}
