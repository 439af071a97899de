select e.ref_id, e.experiment_id, e."timestamp", e.type, e.system, e.position, e.plate, e.cross_date,
  s.local_path, s.staging_path, s.img_count, s.img_count_actual, cast(s.raw_metadata as varchar) as raw_metadata
from imaging_events e
join src_dir_info s on s.imaging_event_id = e.id
where e."timestamp" >= :#start and e."timestamp" < :#end
  and (cast(:#system as varchar) is null or e.system = :#system)
order by e."timestamp", e.ref_id
