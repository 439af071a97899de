update src_dir_info set source_removed_at = current_timestamp, source_kept_because = null, updated_at = current_timestamp
where imaging_event_id = :#imagingEventId
