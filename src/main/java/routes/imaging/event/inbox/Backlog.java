package routes.imaging.event.inbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.imaging.event.FileNames;
import routes.imaging.event.PendingEvent;
import routes.platform.InvalidInputException;
import routes.platform.NotFoundException;

/** Finds events to be published again, and those that wait as files while nobody reads them. */
public final class Backlog {

    private static final Logger LOG = LoggerFactory.getLogger(Backlog.class);

    private final List<EventInbox> inboxes;

    Backlog(List<EventInbox> inboxes) {
        this.inboxes = inboxes;
    }

    /**
     * Readable events among the waiting files, oldest first.
     *
     * @param span named parameters {@code start}, {@code end} (exclusive) and {@code system} (null for every one)
     */
    public List<PendingEvent> waiting(Map<String, Object> span) {
        Instant start = ((OffsetDateTime) span.get("start")).toInstant();
        Instant end = ((OffsetDateTime) span.get("end")).toInstant();
        List<PendingEvent> waiting = new ArrayList<>();
        for (EventInbox inbox : inboxes) {
            if (span.get("system") == null || inbox.share().system().equals(span.get("system"))) {
                collect(inbox, start, end, waiting);
            }
        }
        waiting.sort(Comparator.comparing(pending -> pending.event().timestamp().toInstant()));
        return waiting;
    }

    /** Removes the file of an event that was published. */
    public void finish(PendingEvent pending) {
        for (EventInbox inbox : inboxes) {
            if (inbox.share().equals(pending.share())) {
                inbox.finish(pending);
            }
        }
    }

    /**
     * The recorded event. The uploader checks whether its images still exist, since they are on its machine.
     *
     * @param rows of {@code show-event.sql}
     * @throws NotFoundException when there is no such event
     */
    public Map<String, Object> requireRecorded(List<Map<String, Object>> rows) {
        return rows.stream().findFirst().orElseThrow(() -> new NotFoundException("item not found"));
    }

    private static void collect(EventInbox inbox, Instant start, Instant end, List<PendingEvent> into) {
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(inbox.share().events(), Backlog::isEventFile)) {
            for (Path file : files) {
                read(inbox, file, start, end, into);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list " + inbox.share().events(), e);
        }
    }

    private static boolean isEventFile(Path file) {
        return EventFolder.isEventFile(file.getFileName().toString());
    }

    private static void read(EventInbox inbox, Path file, Instant start, Instant end, List<PendingEvent> into) {
        try {
            PendingEvent pending = inbox.read(file);
            Instant time = pending.event().timestamp().toInstant();
            if (!time.isBefore(start) && time.isBefore(end)) {
                into.add(pending);
            }
        } catch (InvalidInputException e) {
            LOG.warn(
                    "{} is left out of the backlog: {}",
                    FileNames.printable(file),
                    FileNames.printable(String.valueOf(e.getMessage())));
        }
    }
}
