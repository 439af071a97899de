-- Sources past their lifespan whose upload is recorded with size and checksum
select e.id as imaging_event_id, e.ref_id, e.system, s.local_path as path, s.source_kept_because as kept_because,
  e.appended_at, o."key", a.size, c.hex
from src_dir_info s
join imaging_events e on e.id = s.imaging_event_id
join object_store_entries o on o.imaging_event_id = e.id
join event_archives a on a.imaging_event_id = e.id
join archive_checksums c on c.event_archive_id = a.id
where s.source_removed_at is null and e.appended_at < :#before
order by e.appended_at, e.ref_id
