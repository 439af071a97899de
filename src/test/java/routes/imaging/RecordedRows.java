package routes.imaging;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;
import routes.imaging.record.ImagingEventRow;

/** Rows of events and uploads that never were, for what is asked of the database alone. */
final class RecordedRows {

    private final JdbcClient sql;

    RecordedRows(JdbcClient sql) {
        this.sql = sql;
    }

    UUID event(UUID refId, String experiment, Instant timestamp) {
        UUID id = ImagingEventRow.idOf("imaging_events", refId);
        sql.sql("insert into imaging_events (id, ref_id, type, experiment_id, \"timestamp\", system, appended_at,"
                        + " created_at, updated_at) values (?, ?, 'STITCH', ?, ?, 'prince', current_timestamp,"
                        + " current_timestamp, current_timestamp)")
                .params(id, refId, experiment, at(timestamp))
                .update();
        // Removed already, so that retention does not look for it
        sql.sql("insert into src_dir_info (id, imaging_event_id, local_path, img_count, raw_metadata,"
                        + " source_removed_at, created_at, updated_at) values (?, ?, ?, 0, json '{}',"
                        + " current_timestamp, current_timestamp, current_timestamp)")
                .params(UUID.randomUUID(), id, "run-" + refId)
                .update();
        return id;
    }

    /** @param event id of its row, as {@link #event} gives it */
    void export(UUID event, String key, Instant uploadedAt) {
        UUID archive = UUID.randomUUID();
        sql.sql("insert into event_archives (id, imaging_event_id, size, created_at, updated_at)"
                        + " values (?, ?, 10240, current_timestamp, current_timestamp)")
                .params(archive, event)
                .update();
        sql.sql("insert into archive_checksums (id, event_archive_id, hex, algorithm, created_at, updated_at)"
                        + " values (?, ?, ?, 'SHA256', current_timestamp, current_timestamp)")
                .params(UUID.randomUUID(), archive, "0".repeat(64))
                .update();
        sql.sql("insert into object_store_entries (id, imaging_event_id, \"key\", uploaded_at, created_at, updated_at)"
                        + " values (?, ?, ?, ?, current_timestamp, current_timestamp)")
                .params(UUID.randomUUID(), event, key, at(uploadedAt))
                .update();
    }

    /** Forgets the event and its upload, as if no message about them had come. */
    void forget(UUID refId) {
        forgetExport(refId);
        String ofEvent = " where imaging_event_id = (select id from imaging_events where ref_id = ?)";
        sql.sql("delete from src_dir_info" + ofEvent).param(refId).update();
        sql.sql("delete from imaging_events where ref_id = ?").param(refId).update();
    }

    void forgetExport(UUID refId) {
        String ofEvent = " where imaging_event_id = (select id from imaging_events where ref_id = ?)";
        sql.sql("delete from object_store_entries" + ofEvent).param(refId).update();
        sql.sql("delete from archive_checksums where event_archive_id in (select id from event_archives" + ofEvent
                        + ")")
                .param(refId)
                .update();
        sql.sql("delete from event_archives" + ofEvent).param(refId).update();
    }

    private static OffsetDateTime at(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC);
    }
}
