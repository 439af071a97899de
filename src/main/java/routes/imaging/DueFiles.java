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
 * @param uploadedFrom a moment before its files were read for the upload, as far as the database can tell: what
 *     changed later may not be in the object
 * @param publishedAt when its event entered the stream; its age counts from here
 */
record DueFiles(
        Kind kind,
        UUID imagingEventId,
        UUID refId,
        String system,
        String path,
        Instant uploadedFrom,
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
                SqlTimes.instantOf(row.get("uploaded_from")),
                SqlTimes.instantOf(row.get("appended_at")));
    }
}
