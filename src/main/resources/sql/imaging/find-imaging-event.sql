select e.ref_id, e.type, e.experiment_id, e."timestamp", e.system, s.local_path
from imaging_events e
join src_dir_info s on s.imaging_event_id = e.id
where e.ref_id = :#${exchangeProperty.ref_id}
