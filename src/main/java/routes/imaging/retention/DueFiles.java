package routes.imaging.retention;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import routes.imaging.event.RefId;
import routes.platform.sql.SqlTimes;

/**
 * A source or a staging copy past its lifespan, whose upload is recorded.
 *
 * @param path relative to the system's folder, or to the staging folder
 * @param publishedAt when its event entered the stream; its age counts from here
 * @param keptBecause why an earlier run kept it
 * @param key of the recorded object, with the bucket as first segment
 * @param size bytes of the recorded object
 * @param sha256 checksum of the recorded object
 */
public record DueFiles(
        Kind kind,
        UUID imagingEventId,
        UUID refId,
        String system,
        String path,
        Instant publishedAt,
        @Nullable String keptBecause,
        String key,
        long size,
        String sha256) {

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
                SqlTimes.instantOf(row.get("appended_at")),
                (String) row.get("kept_because"),
                (String) row.get("key"),
                ((Number) row.get("size")).longValue(),
                (String) row.get("hex"));
    }
}
