insert into imaging_events
    (id, ref_id, type, experiment_id, "timestamp", system, system_position, position, plate, cross_date, appended_at,
     created_at, updated_at)
values (:#id, :#refId, :#type, :#experimentId, :#timestamp,
     :#system, :#position, :#position, :#plate, :#crossDate,
     :#appendedAt, current_timestamp, current_timestamp)
on conflict do nothing
