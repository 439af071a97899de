select count(*) from src_dir_info where source_removed_at is null and source_kept_because is not null
