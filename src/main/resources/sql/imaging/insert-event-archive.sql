insert into event_archives (id, imaging_event_id, size, created_at, updated_at)
values (:#${body.archiveId()}, :#${body.imagingEventId()}, :#${body.size()}, current_timestamp, current_timestamp)
on conflict do nothing
