-- Days since 1970 in UTC: casting a moment to a date would use the session's time zone on H2
select cast(floor(extract(epoch from e."timestamp") / 86400) as bigint) as epoch_day,
  count(*) as event_count,
  count(o.id) as export_count,
  sum(case when exists (select 1 from data_archive_members m where m.src_key = o."key") then 1 else 0 end) as archive_count
from imaging_events e
left join object_store_entries o on o.imaging_event_id = e.id
group by cast(floor(extract(epoch from e."timestamp") / 86400) as bigint)
order by epoch_day desc
limit :#days
