update src_dir_info set source_kept_because = :#${exchangeProperty.kept}, updated_at = current_timestamp
where imaging_event_id = :#imagingEventId and source_kept_because is distinct from :#${exchangeProperty.kept}
