select a.id, a.path, a.created_at, a.member_count, a.experiment_id, a.type
from data_archive_summaries a
where exists (
  select 1 from data_archive_events e
  where e.data_archive_entry_id = a.id
    and (cast(:#experiment_id as varchar) is null or e.experiment_id = :#experiment_id)
    and (cast(:#event_type as varchar) is null or e.type = :#event_type))
order by a.created_at, a.id
limit :#limit offset :#offset
