select * from replay_job
where store = :store and ended_at >= :since and (cast(:before as uuid) is null or id < cast(:before as uuid))
order by id desc
limit :limit
