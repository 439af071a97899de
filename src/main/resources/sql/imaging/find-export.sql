select e.id as imaging_event_id, o."key", c.hex
from imaging_events e
left join object_store_entries o on o.imaging_event_id = e.id
left join event_archives a on a.imaging_event_id = e.id
left join archive_checksums c on c.event_archive_id = a.id
where e.ref_id = :#${exchangeProperty.ref_id}
