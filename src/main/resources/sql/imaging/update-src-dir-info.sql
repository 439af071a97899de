-- Makes retention check the source again
update src_dir_info set img_count_actual = :#imageCountActual, source_removed_at = null,
  source_kept_because = null, staging_kept_because = null, updated_at = current_timestamp
where imaging_event_id = :#imagingEventId
