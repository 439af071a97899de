-- Sources past their lifespan and still without a recorded upload: somebody should look
select ref_id, system, path, appended_at
from unrecorded_sources
where appended_at < :#before
order by appended_at, ref_id
limit 100
