select m.member_key, m.src_key, e.ref_id, e.experiment_id, e."timestamp", s.size, c.hex
from data_archive_members m
left join object_store_entries o on o."key" = m.src_key
left join imaging_events e on e.id = o.imaging_event_id
left join event_archives s on s.imaging_event_id = e.id
left join archive_checksums c on c.event_archive_id = s.id
where m.data_archive_entry_id = :#id
order by m.src_key
