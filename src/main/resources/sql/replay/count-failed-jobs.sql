select count(*) from replay_job where store = :store and state = 'failed' and ended_at is not null
