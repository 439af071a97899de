package routes.imaging.record;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.imaging.event.EventType;
import routes.imaging.event.ImagingEvent;
import routes.imaging.event.PendingEvent;
import routes.imaging.event.SystemShare;
import routes.platform.FieldProblem;
import routes.platform.InvalidInputException;
import routes.platform.sql.SqlTimes;

/**
 * Compares an event with the one the database already holds under its id: the same again is harmless, a different one
 * is a conflict, and the first stays.
 */
public final class KnownEvents {

    private static final Logger LOG = LoggerFactory.getLogger(KnownEvents.class);

    /**
     * @param rows of {@code find-imaging-event.sql}, at most one
     * @throws InvalidInputException when the known event differs
     */
    public PendingEvent refuseConflict(PendingEvent pending, List<Map<String, Object>> rows) {
        ImagingEvent event = pending.event();
        for (Map<String, Object> known : rows) {
            List<String> differences = differences(
                    known,
                    event.type(),
                    event.experimentId(),
                    event.timestamp().toInstant(),
                    pending.share().system(),
                    event.imageDir());
            if (!differences.isEmpty()) {
                throw new InvalidInputException(new FieldProblem(
                        List.of("timestep_id"),
                        "conflict",
                        "conflicting duplicate: an event of this id is known with other values of " + differences,
                        event.refId().toString()));
            }
            LOG.info("[{}] is known already; it is published again and changes nothing", event.refId());
        }
        return pending;
    }

    /** Compares an entry of the stream in the same way. */
    public List<String> differences(ImagingEventRow row, List<Map<String, Object>> rows) {
        return rows.isEmpty()
                ? List.of()
                : differences(
                        rows.get(0),
                        EventType.require(row.type()),
                        row.experimentId(),
                        row.timestamp().toInstant(),
                        row.system(),
                        row.localPath());
    }

    private static List<String> differences(
            Map<String, Object> known,
            EventType type,
            String experimentId,
            Instant timestamp,
            String system,
            String localPath) {
        List<String> differences = new ArrayList<>();
        compare("event_type", type.name(), known.get("type"), differences);
        compare("experiment_id", experimentId, known.get("experiment_id"), differences);
        if (!sameInDatabase(timestamp, SqlTimes.instantOf(known.get("timestamp")))) {
            differences.add("timestamp");
        }
        compare("system", system, known.get("system"), differences);
        // Rows of earlier releases have it as it was written
        compare("img_dir", localPath, SystemShare.normalize((String) known.get("local_path")), differences);
        return differences;
    }

    /** The database keeps microseconds and rounds finer values. */
    private static boolean sameInDatabase(Instant given, Instant known) {
        return ChronoUnit.MICROS.between(given, known) == 0;
    }

    private static void compare(String field, Object given, @Nullable Object known, List<String> differences) {
        if (!Objects.equals(given, known)) {
            differences.add(field);
        }
    }
}
