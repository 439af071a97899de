insert into src_dir_info
    (id, imaging_event_id, local_path, staging_path, img_count, img_count_actual, raw_metadata, created_at, updated_at)
values (:#sourceId, :#id, :#localPath, :#stagingPath, :#imageCount,
     :#imageCountActual, :#rawMetadata, current_timestamp, current_timestamp)
on conflict do nothing
