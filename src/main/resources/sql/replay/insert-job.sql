insert into replay_job (
    id, store, node, state, definition, source, sink, resulting_id, priority, speed, frames, bytes, stop_condition,
    idempotency_key, created_at, changed_at)
values (
    :id, :store, :node, :state, :definition, :source, :sink, :resultingId, :priority, :speed, 0, 0, :stopCondition,
    :idempotencyKey, :createdAt, :createdAt)
