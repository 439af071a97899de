update src_dir_info set staging_removed_at = current_timestamp, staging_kept_because = null, updated_at = current_timestamp
where imaging_event_id = :#imagingEventId
