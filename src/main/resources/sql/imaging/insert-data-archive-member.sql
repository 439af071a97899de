insert into data_archive_members (id, data_archive_entry_id, member_key, src_key, created_at, updated_at)
select :#id, a.id, :#memberKey, :#srcKey, current_timestamp, current_timestamp
from data_archive_entries a
where a.path = :#archivePath
on conflict do nothing
