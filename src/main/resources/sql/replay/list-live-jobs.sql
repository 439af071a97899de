select * from replay_job where store = :store and ended_at is null order by id
