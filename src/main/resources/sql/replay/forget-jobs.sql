delete from replay_job where ended_at < :before
