select e.ref_id, e.experiment_id, e."timestamp", e.type, e.system, e.created_at, o.uploaded_at,
  (select min(d.created_at)
     from data_archive_members m
     join data_archive_entries d on d.id = m.data_archive_entry_id
    where m.src_key = o."key") as archived_at
from imaging_events e
left join object_store_entries o on o.imaging_event_id = e.id
where (cast(:#start as timestamp with time zone) is null or e."timestamp" > :#start)
  and (cast(:#end as timestamp with time zone) is null or e."timestamp" < :#end)
  and (cast(:#event_type as varchar) is null or e.type = :#event_type)
  and (cast(:#experiment_id as varchar) is null or e.experiment_id = :#experiment_id)
  and (cast(:#system as varchar) is null or e.system = :#system)
  and (cast(:#state as varchar) is null or :#state = case when o.id is null then 'imported'
       when exists (select 1 from data_archive_members m where m.src_key = o."key") then 'archived'
       else 'exported' end)
order by e."timestamp", e.ref_id
limit :#limit offset :#offset
