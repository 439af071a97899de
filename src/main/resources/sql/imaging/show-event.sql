select e.ref_id, e.experiment_id, e."timestamp", e.type, e.system, e.position, e.plate, e.cross_date, e.created_at,
  s.local_path, s.staging_path, s.img_count, s.img_count_actual, s.source_kept_because, s.staging_kept_because,
  cast(s.raw_metadata as varchar) as raw_metadata,
  o.id, o."key", o.uploaded_at, a.size, c.hex,
  (select min(d.created_at)
     from data_archive_members m
     join data_archive_entries d on d.id = m.data_archive_entry_id
    where m.src_key = o."key") as archived_at
from imaging_events e
join src_dir_info s on s.imaging_event_id = e.id
left join object_store_entries o on o.imaging_event_id = e.id
left join event_archives a on a.imaging_event_id = e.id
left join archive_checksums c on c.event_archive_id = a.id
where e.ref_id = :#ref_id
