select count(*) as event_count,
  count(o.id) as export_count,
  coalesce(sum(case when exists (select 1 from data_archive_members m where m.src_key = o."key") then 1 else 0 end), 0)
    as archive_count
from imaging_events e
left join object_store_entries o on o.imaging_event_id = e.id
where e."timestamp" >= :#from and e."timestamp" < :#until
