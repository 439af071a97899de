-- The tar with this path and the one with this id: at most two
select a.id, a.path
from data_archive_entries a
where a.path = :#path or a.id = :#id
