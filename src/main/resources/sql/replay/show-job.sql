select * from replay_job where store = :store and id = :id
