select * from replay_job where store = :store and idempotency_key = :key
