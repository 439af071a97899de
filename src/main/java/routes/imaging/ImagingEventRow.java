package routes.imaging;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * An event as the tables {@code imaging_events} and {@code src_dir_info} hold it. Its ids follow from its
 * {@code ref_id}, so that a message that comes again makes the same rows.
 *
 * @param appendedAt when the event entered the stream
 */
record ImagingEventRow(
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

    /** @param streamId id of the stream entry, {@code <milliseconds>-<number>} */
    static ImagingEventRow of(NewImagingEvent event, String streamId) {
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
                source.rawMetadata() == null ? "{}" : source.rawMetadata().toString(),
                appended.atOffset(ZoneOffset.UTC));
    }

    /** Id of the row that a table holds for an event. */
    static UUID idOf(String table, UUID refId) {
        return UUID.nameUUIDFromBytes((table + ":" + refId).getBytes(StandardCharsets.UTF_8));
    }
}
