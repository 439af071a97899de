select id, source, sink, reason, ended_at, definition from replay_job
where store = :store and state = 'failed' and ended_at is not null
order by ended_at desc, id desc
limit :limit
