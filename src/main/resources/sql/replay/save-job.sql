update replay_job set
    node = :node, state = :state, speed = :speed, part = :part,
    start_index = :startIndex, position = :position, frames = :frames,
    bytes = :bytes, last_frame = :lastFrame, timeline = :timeline, stop_condition = :stopCondition, reason = :reason,
    started_at = :startedAt, ended_at = :endedAt, changed_at = :changedAt
where id = :id and ended_at is null
