-- Past their lifespan and still without a recorded upload: somebody should look
select e.ref_id, e.system, s.local_path as path, e.appended_at
from src_dir_info s
join imaging_events e on e.id = s.imaging_event_id
left join object_store_entries o on o.imaging_event_id = e.id
where s.source_removed_at is null and o.id is null and e.appended_at < :#before
order by e.appended_at, e.ref_id
limit 100
