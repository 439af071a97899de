update src_dir_info set staging_removed_at = current_timestamp, updated_at = current_timestamp
where imaging_event_id = :#imagingEventId
