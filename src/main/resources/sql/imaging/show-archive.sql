select a.id, a.path, a.created_at, a.experiment_id, a.type
from data_archive_summaries a
where a.id = :#id
