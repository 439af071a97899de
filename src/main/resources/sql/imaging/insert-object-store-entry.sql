insert into object_store_entries (id, imaging_event_id, "key", uploaded_at, created_at, updated_at)
values (:#entryId, :#imagingEventId, :#key, :#uploadedAt, current_timestamp, current_timestamp)
on conflict do nothing
