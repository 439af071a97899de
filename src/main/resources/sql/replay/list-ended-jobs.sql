select * from replay_job where store = :store and ended_at >= :since order by id desc limit :limit
