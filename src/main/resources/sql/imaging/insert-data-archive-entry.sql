insert into data_archive_entries (id, job_id, path, created_at, updated_at)
values (:#id, :#jobId, :#path, current_timestamp, current_timestamp)
on conflict do nothing
