package routes.imaging;

import java.util.List;
import java.util.Map;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.platform.FieldProblem;
import routes.platform.InvalidInputException;

/** Compares a notified upload with what the database holds for its event. */
final class RecordedExports {

    private static final Logger LOG = LoggerFactory.getLogger(RecordedExports.class);

    /** What to do with a notified upload. */
    enum Outcome {
        NEW,
        KNOWN,
        CONFLICT
    }

    /** The upload of an event that is not recorded yet: its import is on the way, so this is tried again. */
    static final class EventNotImportedException extends RuntimeException {

        EventNotImportedException(String message) {
            super(message);
        }
    }

    /**
     * @param rows of {@code find-export.sql}: none when the event is unknown, one with a null key when it was not
     *     uploaded yet
     */
    public Outcome compare(ExportRow export, List<Map<String, Object>> rows) {
        if (rows.isEmpty()) {
            throw new EventNotImportedException(
                    "[" + export.refId() + "] is uploaded but not imported yet; it is kept and tried again");
        }
        Map<String, Object> recorded = rows.get(0);
        if (recorded.get("key") == null) {
            return Outcome.NEW;
        }
        if (export.key().equals(recorded.get("key")) && export.hex().equals(recorded.get("hex"))) {
            LOG.info("[{}] Upload was recorded before, nothing changes", export.refId());
            return Outcome.KNOWN;
        }
        LOG.warn(
                "[{}] Upload {} with checksum {} conflicts with the recorded {} with {}; the first stays",
                export.refId(),
                export.key(),
                export.hex(),
                recorded.get("key"),
                recorded.get("hex"));
        return Outcome.CONFLICT;
    }

    /** No row means that the key belongs to another event: both would claim one object. */
    public ExportRow requireInserted(ExportRow export, int inserted) {
        if (inserted == 0) {
            throw new InvalidInputException(List.of(new FieldProblem(
                    List.of("key"), "conflict", "is the recorded object of another event", export.key())));
        }
        return export;
    }
}
