insert into imaging_events
    (id, ref_id, type, experiment_id, "timestamp", system, system_position, position, plate, cross_date, appended_at,
     created_at, updated_at)
values (:#${body.id()}, :#${body.refId()}, :#${body.type()}, :#${body.experimentId()}, :#${body.timestamp()},
     :#${body.system()}, :#${body.position()}, :#${body.position()}, :#${body.plate()}, :#${body.crossDate()},
     :#${body.appendedAt()}, current_timestamp, current_timestamp)
on conflict do nothing
