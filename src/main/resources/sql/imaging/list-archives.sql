select a.id, a.path, a.created_at,
  (select count(*) from data_archive_members m where m.data_archive_entry_id = a.id) as member_count,
  (select e.experiment_id
     from data_archive_members m
     join object_store_entries o on o."key" = m.src_key
     join imaging_events e on e.id = o.imaging_event_id
    where m.data_archive_entry_id = a.id
    group by e.experiment_id order by count(*) desc, e.experiment_id limit 1) as experiment_id,
  (select e.type
     from data_archive_members m
     join object_store_entries o on o."key" = m.src_key
     join imaging_events e on e.id = o.imaging_event_id
    where m.data_archive_entry_id = a.id
    group by e.type order by count(*) desc, e.type limit 1) as type
from data_archive_entries a
where exists (
  select 1
  from data_archive_members m
  join object_store_entries o on o."key" = m.src_key
  join imaging_events e on e.id = o.imaging_event_id
  where m.data_archive_entry_id = a.id
    and (cast(:#experiment_id as varchar) is null or e.experiment_id = :#experiment_id)
    and (cast(:#event_type as varchar) is null or e.type = :#event_type))
order by a.created_at, a.id
limit :#limit offset :#offset
