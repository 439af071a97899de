insert into archive_checksums (id, event_archive_id, hex, algorithm, created_at, updated_at)
values (:#${body.checksumId()}, :#${body.archiveId()}, :#${body.hex()}, :#${body.algorithm()}, current_timestamp, current_timestamp)
on conflict do nothing
