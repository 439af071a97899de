-- Jobs of the replay workflow, one row each, kept for a while after their end. Runs unchanged on PostgreSQL and H2.
create table replay_job (
    id              uuid primary key,           -- version 7: in the order of creation
    store           uuid not null,              -- identity of the frame store; who has it open runs the job
    node            varchar(255) not null,      -- the process that made or ran it last, for people
    state           varchar(16) not null
        check (state in ('queued', 'waiting', 'running', 'paused', 'completed', 'failed', 'cancelled')),
    definition      text not null,              -- JSON: the request, with the options of the sink in effect
    source          varchar not null,
    sink            varchar not null,           -- URL
    resulting_id    varchar not null,
    priority        integer not null,
    speed           double precision not null,
    start_index     bigint,                     -- of the entry it began with; null until the anchor was found
    position        bigint,                     -- index of the entry to be sent next
    frames          bigint not null,            -- sent
    bytes           bigint not null,            -- of data sent
    last_frame      uuid,
    stop_condition  text not null,              -- JSON: what remains of it, and what it is measured from
    reason          varchar(4000),              -- why it failed or was cancelled
    idempotency_key varchar(255),
    created_at      timestamp with time zone not null,
    started_at      timestamp with time zone,   -- streaming
    ended_at        timestamp with time zone,
    changed_at      timestamp with time zone not null,
    unique (store, idempotency_key)
);
create index replay_job_by_state on replay_job (store, state);
create index replay_job_by_end on replay_job (ended_at);
