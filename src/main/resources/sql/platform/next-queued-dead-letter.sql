select id from dead_letter
where status = 'queued' and (claimed_until is null or claimed_until < :now) and route_id in (:routes)
order by id
limit 1
