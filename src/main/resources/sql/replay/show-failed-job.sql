select id, source, sink, reason, ended_at, definition from replay_job
where store = :store and id = :id and state = 'failed' and ended_at is not null
