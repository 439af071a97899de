package routes.imaging.record;

import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import routes.imaging.event.NewExport;
import routes.platform.sql.SqlTimes;

/**
 * An upload as the tables {@code event_archives}, {@code archive_checksums} and {@code object_store_entries} hold it.
 */
public record ExportRow(
        UUID refId,
        UUID imagingEventId,
        UUID archiveId,
        UUID checksumId,
        UUID entryId,
        long size,
        String hex,
        String algorithm,
        String key,
        OffsetDateTime uploadedAt,
        @Nullable String replaces,
        @Nullable Integer imageCountActual) {

    public static ExportRow of(NewExport export) {
        UUID refId = export.refId();
        return new ExportRow(
                refId,
                ImagingEventRow.idOf("imaging_events", refId),
                ImagingEventRow.idOf("event_archives", refId),
                ImagingEventRow.idOf("archive_checksums", refId),
                ImagingEventRow.idOf("object_store_entries", refId),
                export.size(),
                export.checksum().hex(),
                export.checksum().algorithm().toUpperCase(Locale.ROOT),
                export.key(),
                SqlTimes.of(export.timestamp()),
                export.replaces(),
                export.imageCountActual());
    }

    /** The same upload for the row that the database has of its event: rows of the original have random ids. */
    ExportRow ofEvent(UUID id) {
        return new ExportRow(
                refId,
                id,
                archiveId,
                checksumId,
                entryId,
                size,
                hex,
                algorithm,
                key,
                uploadedAt,
                replaces,
                imageCountActual);
    }
}
