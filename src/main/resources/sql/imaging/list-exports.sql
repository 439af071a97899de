select o.id, e.ref_id, e.experiment_id, e."timestamp", e.type, e.system, o."key", o.uploaded_at, a.size, c.hex
from object_store_entries o
join imaging_events e on e.id = o.imaging_event_id
join event_archives a on a.imaging_event_id = e.id
join archive_checksums c on c.event_archive_id = a.id
where o.uploaded_at > :#start and o.uploaded_at < :#end
  and e.type = :#event_type
  and (cast(:#experiment_id as varchar) is null or e.experiment_id = :#experiment_id)
  and (cast(:#system as varchar) is null or e.system = :#system)
order by o.uploaded_at, e.ref_id
limit :#limit offset :#offset
