package routes.imaging.record;

import java.util.List;
import java.util.Map;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.imaging.event.RefId;
import routes.platform.FieldProblem;
import routes.platform.InvalidInputException;

/** Compares a notified upload with what the database holds for its event. */
public final class RecordedExports {

    private static final Logger LOG = LoggerFactory.getLogger(RecordedExports.class);

    /** What to do with a notified upload. */
    public enum Outcome {
        NEW,
        KNOWN,
        /** An operator had the event uploaded again, with other contents. */
        REPLACES,
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
        if (export.replaces() != null && export.replaces().equals(recorded.get("hex"))) {
            LOG.info(
                    "[{}] Upload {} with checksum {} replaces the one with {}",
                    export.refId(),
                    export.key(),
                    export.hex(),
                    export.replaces());
            return Outcome.REPLACES;
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

    /** The upload with the ids of the event that the database found. */
    public ExportRow attach(ExportRow export, List<Map<String, Object>> rows) {
        return export.ofEvent(RefId.parse(rows.get(0).get("imaging_event_id").toString()));
    }

    /** The insert made no row although none existed a moment ago; another look shows who was faster. */
    static final class OvertakenException extends RuntimeException {

        OvertakenException(String message) {
            super(message);
        }
    }

    /**
     * No row means that another consumer has just recorded the same upload, which the next delivery finds, or that the
     * key belongs to another event: then two events claim one object, and somebody has to look.
     *
     * @param deliveries how often the notification was delivered
     */
    public ExportRow requireInserted(ExportRow export, int inserted, long deliveries) {
        if (inserted == 0 && deliveries < 2) {
            throw new OvertakenException("Upload " + export.key() + " was recorded by another consumer meanwhile,"
                    + " or is the object of another event; it is looked at again");
        }
        if (inserted == 0) {
            throw new InvalidInputException(new FieldProblem(
                    List.of("key"), "conflict", "is the recorded object of another event", export.key()));
        }
        return export;
    }
}
