insert into event_archives (id, imaging_event_id, size, created_at, updated_at)
values (:#archiveId, :#imagingEventId, :#size, current_timestamp, current_timestamp)
on conflict do nothing
