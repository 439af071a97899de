package routes.imaging.event.inbox;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.imaging.event.FileNames;
import routes.imaging.event.ImagingEvent;
import routes.imaging.event.PendingEvent;
import routes.imaging.event.SystemShare;
import routes.platform.FieldProblem;
import routes.platform.InvalidInputException;
import routes.platform.errors.ErrorClassifier;
import routes.platform.json.LenientJson;

/** The event files of one system: reads one, removes it once it is published, or sets it aside with the reason. */
public final class EventInbox {

    private static final Logger LOG = LoggerFactory.getLogger(EventInbox.class);
    private static final int MAX_METADATA_BYTES = 512 << 10;

    /** Event and metadata must fit into one column, of which H2 reads a million characters. */
    private static final int MAX_RAW_LENGTH = 1_000_000;

    private final SystemShare share;
    private final EventReader reader;
    private final EventReadiness readiness;
    private final EventFolder folder;
    private final ProcessedFiles processed;
    private final ObjectReader json;

    EventInbox(
            SystemShare share,
            EventReader reader,
            EventReadiness readiness,
            EventFolder folder,
            ProcessedFiles processed,
            ObjectMapper json) {
        this.share = share;
        this.reader = reader;
        this.readiness = readiness;
        this.folder = folder;
        this.processed = processed;
        this.json = LenientJson.reader(json, LenientJson.MAX_DEPTH);
    }

    public SystemShare share() {
        return share;
    }

    public EventReadiness readiness() {
        return readiness;
    }

    EventFolder folder() {
        return folder;
    }

    void beginPoll() {
        folder.survey(readiness::knows);
        readiness.beginPoll();
    }

    /** The entry that Camel listed, identified by the bytes of its name. */
    public Path fileOf(File listed) {
        return folder.fileShownAs(listed.getName());
    }

    /** Whether the entry that Camel listed is an event file that may be taken now. */
    public boolean isReady(File listed) {
        return EventFolder.isEventFile(listed.getName()) && isReady(fileOf(listed));
    }

    /**
     * Whether the file may be taken now; always false for a file that was taken already and is still on a read-only
     * share.
     */
    public boolean isReady(Path file) {
        if (!readiness.isReady(file)) {
            return false;
        }
        if (processed.contains(share.system(), file)) {
            readiness.retire(file);
            return false;
        }
        return true;
    }

    /**
     * @throws InvalidInputException when the event is wrong or its images never came
     * @throws UncheckedIOException when it cannot be read at the moment
     */
    public PendingEvent read(Path file) {
        try {
            ImagingEvent event = reader.read(file);
            Path source = share.imageSource(event.imageDir());
            int found = ImageSource.countImages(source, event.type()).orElseThrow(() -> missing(event, source));
            warnIfCountDiffers(event, source, found);
            return new PendingEvent(event, share, file, source, found, metadataOf(source, event), Optional.empty());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the event " + FileNames.printable(file), e);
        }
    }

    /** Removes a published event file; on a read-only share remembers it instead. */
    public void finish(PendingEvent pending) {
        Path file = pending.file();
        try {
            if (readiness.isUnchanged(file)) {
                Files.deleteIfExists(file);
            } else {
                LOG.info(
                        "Event {} was written again while it was published; the new one is taken next",
                        FileNames.printable(file));
            }
            readiness.forget(file);
        } catch (NoSuchFileException e) {
            readiness.forget(file);
        } catch (IOException e) {
            rememberIfReadOnly(file, e, "Cannot remove the published event " + FileNames.printable(file));
        }
    }

    /**
     * Moves a bad event to {@code .failed} and stores the reason beside it; when somebody moves it back, it is tried
     * again.
     */
    public void setAside(Path file, InvalidInputException reason) {
        try {
            if (readiness.isUnchanged(file)) {
                Path target = freeName(share.failed(), file.getFileName());
                LOG.warn(
                        "Event {} is refused and set aside as {}: {}",
                        FileNames.printable(file),
                        FileNames.printable(target),
                        FileNames.printable(String.valueOf(reason.getMessage())));
                Files.createDirectories(share.failed());
                explain(reason, target);
                Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
            }
            readiness.forget(file);
        } catch (NoSuchFileException e) {
            LOG.info("Event {} is gone already", FileNames.printable(file));
            readiness.forget(file);
        } catch (IOException e) {
            rememberIfReadOnly(file, e, "Cannot set the bad event " + FileNames.printable(file) + " aside");
        }
    }

    private void rememberIfReadOnly(Path file, IOException failure, String message) {
        if (!(failure instanceof AccessDeniedException) && Files.isWritable(share.events())) {
            throw new UncheckedIOException(message, failure);
        }
        processed.add(share.system(), file);
        readiness.retire(file);
    }

    /** A file that is already there under the same name is kept: no event is ever deleted. */
    public static Path freeName(Path folder, Path name) {
        Path target = folder.resolve(name);
        for (int number = 2; Files.exists(target, LinkOption.NOFOLLOW_LINKS); number++) {
            String ending = "-" + number + ".json";
            target = folder.resolve(FileNames.change(name, text -> text.replaceFirst("(\\.json)?\\z", ending)));
        }
        return target;
    }

    /** The file that holds the reason for which an event was set aside. */
    public static Path explanationOf(Path event) {
        return event.resolveSibling(FileNames.change(event.getFileName(), name -> name + ".error.txt"));
    }

    /** The reason is also in the log; failing to write it must not keep a bad event in the way. */
    private static void explain(InvalidInputException reason, Path target) {
        Path explanation = explanationOf(target);
        try {
            Files.writeString(explanation, linesOf(reason), StandardCharsets.UTF_8);
        } catch (IOException e) {
            LOG.warn("Cannot write {}: {}", FileNames.printable(explanation), e.toString());
        }
    }

    /** Leaves the file for a while; the failure is logged by the route's error policy. */
    public void postpone(Path file, Exception failure) {
        readiness.postpone(file, ErrorClassifier.rootCause(failure).toString());
    }

    private static InvalidInputException missing(ImagingEvent event, Path source) {
        return new InvalidInputException(new FieldProblem(
                List.of("img_dir"),
                "missing",
                "does not exist (" + FileNames.printable(source) + "), and did not appear within the grace time",
                event.imageDir()));
    }

    private static void warnIfCountDiffers(ImagingEvent event, Path source, int found) {
        if (found != event.imageCount()) {
            LOG.warn(
                    "[{}] {} holds {} images, the event says {}; it is published with both numbers",
                    event.refId(),
                    FileNames.printable(source),
                    found,
                    event.imageCount());
        }
    }

    private Optional<JsonNode> metadataOf(Path source, ImagingEvent event) {
        Path file = source.resolve(ImageSource.METADATA);
        String shown = FileNames.printable(file);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file)) {
            if (!share.holds(file)) {
                LOG.warn("{} leads out of the folder of {} and is left out of the event", shown, share.system());
                return Optional.empty();
            }
            int most = Math.min(
                    MAX_METADATA_BYTES, MAX_RAW_LENGTH - event.raw().toString().length());
            byte[] bytes = in.readNBytes(Math.max(0, most) + 1);
            if (bytes.length > most) {
                LOG.warn("{} is larger than {} bytes and is left out of the event", shown, most);
                return Optional.empty();
            }
            return Optional.of(LenientJson.withoutNaN(json.readTree(bytes)))
                    .filter(node -> !node.isMissingNode() && !node.isNull());
        } catch (JsonProcessingException e) {
            LOG.warn("{} is not JSON and is left out of the event: {}", shown, LenientJson.explain(e));
        } catch (IOException e) {
            LOG.warn("{} cannot be read and is left out of the event: {}", shown, e.toString());
        }
        return Optional.empty();
    }

    /** One line for each problem, whatever the event holds. */
    private static String linesOf(InvalidInputException reason) {
        return reason.problems().stream()
                .map(problem -> String.join(".", problem.location()) + ": " + problem.message()
                        + (problem.input() == null ? "" : ", is '" + problem.input() + "'"))
                .map(line -> line.replaceAll("\\p{Cntrl}", "?"))
                .collect(Collectors.joining("\n", "", "\n"));
    }
}
