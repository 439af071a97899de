-- What the queries about tars on tape have in common. Runs unchanged on PostgreSQL and H2.

-- The events whose objects are in a tar. Members of unknown objects are in none until their upload is recorded.
create view data_archive_events as
select m.data_archive_entry_id, e.experiment_id, e.type
from data_archive_members m
join object_store_entries o on o."key" = m.src_key
join imaging_events e on e.id = o.imaging_event_id;

-- Each tar with the number of its members, and the experiment and the type of most of them.
create view data_archive_summaries as
select a.id, a.path, a.created_at,
  (select count(*) from data_archive_members m where m.data_archive_entry_id = a.id) as member_count,
  (select e.experiment_id from data_archive_events e where e.data_archive_entry_id = a.id
    group by e.experiment_id order by count(*) desc, e.experiment_id limit 1) as experiment_id,
  (select e.type from data_archive_events e where e.data_archive_entry_id = a.id
    group by e.type order by count(*) desc, e.type limit 1) as type
from data_archive_entries a;
