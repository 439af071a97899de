-- Sources that are still there and have no recorded upload: never deleted, and worth a look when they get old.
create view unrecorded_sources as
select e.ref_id, e.system, s.local_path as path, e.appended_at
from src_dir_info s
join imaging_events e on e.id = s.imaging_event_id
left join object_store_entries o on o.imaging_event_id = e.id
where s.source_removed_at is null and o.id is null;
