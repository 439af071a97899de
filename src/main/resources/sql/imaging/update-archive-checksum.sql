update archive_checksums set hex = :#hex, algorithm = :#algorithm, updated_at = current_timestamp
where event_archive_id = (select id from event_archives where imaging_event_id = :#imagingEventId)
