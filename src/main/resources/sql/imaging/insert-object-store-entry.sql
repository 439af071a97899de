insert into object_store_entries (id, imaging_event_id, "key", uploaded_at, created_at, updated_at)
values (:#${body.entryId()}, :#${body.imagingEventId()}, :#${body.key()}, :#${body.uploadedAt()}, current_timestamp, current_timestamp)
on conflict do nothing
