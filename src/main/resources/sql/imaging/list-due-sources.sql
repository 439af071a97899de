-- Sources past their lifespan whose upload is recorded with size and checksum
select e.id as imaging_event_id, e.ref_id, e.system, s.local_path as path, least(e.created_at, o.uploaded_at) as uploaded_from, e.appended_at
from src_dir_info s
join imaging_events e on e.id = s.imaging_event_id
join object_store_entries o on o.imaging_event_id = e.id
join event_archives a on a.imaging_event_id = e.id
join archive_checksums c on c.event_archive_id = a.id
where s.source_removed_at is null and e.appended_at < :#before
  and not exists (  -- images that lie in the same folder and are not uploaded yet
    select 1
    from src_dir_info s2
    join imaging_events e2 on e2.id = s2.imaging_event_id
    left join object_store_entries o2 on o2.imaging_event_id = e2.id
    where e2.system = e.system and o2.id is null
      and (s2.local_path = s.local_path or s2.local_path like s.local_path || '/%'))
order by e.appended_at, e.ref_id
