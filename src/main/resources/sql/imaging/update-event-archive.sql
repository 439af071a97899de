update event_archives set size = :#size, updated_at = current_timestamp
where imaging_event_id = :#imagingEventId
