package routes.imaging.record;

import java.util.List;
import java.util.Map;

import routes.platform.FieldProblem;
import routes.platform.InvalidInputException;

/** Compares a tar of a notification with what the database holds of tars on tape. */
public final class KnownArchives {

    /**
     * Called for a tar whose insert made no row. Either its path is known: then its members are added to that row,
     * whatever its id. Or its id belongs to a tar of another path: then nothing of it can be recorded, and somebody
     * has to look.
     *
     * @param rows of {@code find-data-archive-entries.sql}
     */
    public void requirePath(TapeNotification.Archive archive, List<Map<String, Object>> rows) {
        if (rows.stream().anyMatch(row -> archive.path().equals(row.get("path")))) {
            return;
        }
        if (rows.isEmpty()) {
            throw new RecordedExports.OvertakenException("Tar " + archive.path()
                    + " was in the way of another consumer, which has given it up; it is looked at again");
        }
        throw new InvalidInputException(new FieldProblem(
                List.of("archives", "id"),
                "conflict",
                "%s is the tar %s on tape, so %s cannot be recorded under it"
                        .formatted(archive.id(), rows.get(0).get("path"), archive.path()),
                archive.id().toString()));
    }
}
