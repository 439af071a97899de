package routes.imaging.record;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.UUID;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;
import routes.imaging.event.NewImagingEvent;
import routes.imaging.event.Timestamps;
import routes.platform.sql.SqlTimes;

/**
 * An event as the tables {@code imaging_events} and {@code src_dir_info} hold it. Its ids follow from its
 * {@code ref_id}, so that a message that comes again makes the same rows.
 *
 * @param appendedAt when the event entered the stream
 */
public record ImagingEventRow(
        UUID id,
        UUID sourceId,
        UUID refId,
        String type,
        String experimentId,
        OffsetDateTime timestamp,
        String system,
        @Nullable Integer position,
        @Nullable Integer plate,
        @Nullable LocalDate crossDate,
        String localPath,
        @Nullable String stagingPath,
        int imageCount,
        @Nullable Integer imageCountActual,
        String rawMetadata,
        OffsetDateTime appendedAt) {

    /** An escape that PostgreSQL's jsonb refuses, unless its backslash is itself escaped. */
    private static final Pattern ESCAPED_NUL = Pattern.compile("(?<!\\\\)((?:\\\\\\\\)*)\\\\u0000");

    /** @param streamId id of the stream entry, {@code <milliseconds>-<number>} */
    public static ImagingEventRow of(NewImagingEvent event, String streamId) {
        NewImagingEvent.Source source = event.source();
        Instant appended = Instant.ofEpochMilli(Long.parseLong(streamId.substring(0, streamId.indexOf('-'))));
        return new ImagingEventRow(
                idOf("imaging_events", event.refId()),
                idOf("src_dir_info", event.refId()),
                event.refId(),
                event.type().name(),
                event.experimentId(),
                Timestamps.parse(event.timestamp()).time(),
                event.system(),
                event.position(),
                event.plate(),
                event.crossDate(),
                source.localPath(),
                source.stagingPath(),
                source.imageCount(),
                source.imageCountActual(),
                text(source.rawMetadata()),
                SqlTimes.of(appended));
    }

    private static String text(@Nullable JsonNode metadata) {
        return metadata == null || metadata.isNull()
                ? "{}"
                : ESCAPED_NUL.matcher(metadata.toString()).replaceAll("$1\\\\ufffd");
    }

    /** Id of the row that a table holds for an event. */
    public static UUID idOf(String table, UUID refId) {
        return UUID.nameUUIDFromBytes((table + ":" + refId).getBytes(StandardCharsets.UTF_8));
    }
}
