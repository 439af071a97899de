package routes.imaging;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * A source or a staging copy past its lifespan, whose upload is recorded.
 *
 * @param path relative to the system's folder, or to the staging folder
 * @param uploadedAt when its upload was complete: nothing younger may be deleted with it
 * @param publishedAt when its event entered the stream; its age counts from here
 */
record DueFiles(
        Kind kind,
        UUID imagingEventId,
        UUID refId,
        String system,
        String path,
        Instant uploadedAt,
        Instant publishedAt) {

    enum Kind {
        SOURCE,
        STAGING;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param row of {@code list-due-sources.sql} or {@code list-due-staging.sql} */
    static DueFiles of(Kind kind, Map<String, Object> row) {
        return new DueFiles(
                kind,
                RefId.parse(row.get("imaging_event_id").toString()),
                RefId.parse(row.get("ref_id").toString()),
                Objects.toString(row.get("system"), ""), // null in rows of the original
                (String) row.get("path"),
                SqlTimes.instantOf(row.get("uploaded_at")),
                SqlTimes.instantOf(row.get("appended_at")));
    }
}
