select a.id, a.path, a.created_at,
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
where a.id = :#id
