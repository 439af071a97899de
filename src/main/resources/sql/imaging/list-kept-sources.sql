select e.ref_id, e.system, s.local_path, s.source_kept_because, s.updated_at
from src_dir_info s
join imaging_events e on e.id = s.imaging_event_id
where s.source_removed_at is null and s.source_kept_because is not null
  and (cast(:refId as uuid) is null or e.ref_id = cast(:refId as uuid))
order by s.updated_at desc, e.ref_id
limit :limit
