update src_dir_info set staging_kept_because = :#${exchangeProperty.kept}, updated_at = current_timestamp
where imaging_event_id = :#imagingEventId and staging_kept_because is distinct from :#${exchangeProperty.kept}
