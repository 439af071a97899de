select count(*) as count
from object_store_entries o
join imaging_events e on e.id = o.imaging_event_id
where o.uploaded_at > :#start and o.uploaded_at < :#end
  and e.type = :#event_type
  and (cast(:#experiment_id as varchar) is null or e.experiment_id = :#experiment_id)
  and (cast(:#system as varchar) is null or e.system = :#system)
