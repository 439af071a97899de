insert into archive_checksums (id, event_archive_id, hex, algorithm, created_at, updated_at)
values (:#checksumId, :#archiveId, :#hex, :#algorithm, current_timestamp, current_timestamp)
on conflict do nothing
