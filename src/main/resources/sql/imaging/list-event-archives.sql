select d.id, d.path, m.member_key, d.created_at
from imaging_events e
join object_store_entries o on o.imaging_event_id = e.id
join data_archive_members m on m.src_key = o."key"
join data_archive_entries d on d.id = m.data_archive_entry_id
where e.ref_id = :#ref_id
order by d.created_at, d.id
