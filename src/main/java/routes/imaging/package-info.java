/**
 * Imaging: event file, staging, Redis stream, tar, S3, database, HTTP.
 *
 * <p>The routes in the order data takes:
 *
 * <ol>
 *   <li>{@code imaging-ingest-<system>} ({@code IngestRoutes}), one a system and under a lease: event file →
 *       {@code imaging-publish-event}: staging copy → stream {@code data-ingester:new-imaging-event}. Durable: the entry
 *       in Redis. Acknowledged: the event file is removed when the entry is appended
 *   <li>{@code imaging-import-event} ({@code StateRoutes}): stream → tables {@code imaging_events},
 *       {@code src_dir_info}. Acknowledged after the commit
 *   <li>{@code imaging-upload-event} ({@code UploadRoutes}), in a group of its own: stream → tar → S3 → stream
 *       {@code upload-worker:new-export}. Acknowledged when the object is complete, verified and announced
 *   <li>{@code imaging-record-export} ({@code StateRoutes}): stream → tables {@code event_archives},
 *       {@code archive_checksums}, {@code object_store_entries}. Acknowledged after the commit; an upload that comes
 *       before its event waits for it
 *   <li>{@code imaging-receive-tape-notification} ({@code camel/imaging.camel.yaml}) →
 *       {@code imaging-record-tape-notification}, {@code imaging-record-tape-archive} ({@code TapeRoutes}): JMS or
 *       RabbitMQ → tables {@code data_archive_entries}, {@code data_archive_members}. Acknowledged when every tar of it
 *       is committed, or the message is in the dead queue
 *   <li>{@code imaging-list-…}, {@code imaging-show-…} ({@code ImagingApiRoutes}): tables → HTTP, read only
 * </ol>
 *
 * <p>Beside them, in one process at a time, {@code imaging-schedule-retention} and {@code imaging-schedule-trimming}
 * ({@code RetentionRoutes}) delete what is recorded as uploaded, {@code imaging-schedule-report} ({@code ReportRoutes})
 * posts yesterday's numbers. {@code ImagingOperationRoutes} is what an operator sets in motion over HTTP, and
 * {@code ImagingCommands} what on the command line. {@code imaging-make-sample} ({@code DemoRoutes}) is a microscope to
 * play with.
 *
 * <p>The logic is in the packages below: {@code event} and {@code event.inbox} (what microscopes announce, and their
 * folders), {@code tar}, {@code store} (S3), {@code record} (the database), {@code retention}, {@code attention}.
 *
 * <p>Everything may come twice: {@code ref_id} decides what an event is, the object key follows from the event, rows have
 * unique keys. What a dead process held is pending in Redis, or still a file. Staging copies are renamed into place when
 * they are complete. Nothing is deleted that is not in {@code object_store_entries} with size and checksum.
 */
@NullMarked
package routes.imaging;

import org.jspecify.annotations.NullMarked;
