update object_store_entries set "key" = :#key, uploaded_at = :#uploadedAt, updated_at = current_timestamp
where imaging_event_id = :#imagingEventId
