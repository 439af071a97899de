-- Imaging: tables and columns of the original archiver, with the keys it lacked.
-- Nothing is ever deleted from these tables.

create table imaging_events (
    id              uuid primary key,
    ref_id          uuid not null unique,           -- the event's timestep_id
    type            varchar not null,               -- STITCH, VIDEO
    experiment_id   varchar not null,
    "timestamp"     timestamp with time zone not null,
    system          varchar,
    system_position integer,                        -- the original's name for position, never filled there
    position        integer,
    plate           integer,
    cross_date      date,
    appended_at     timestamp with time zone not null,  -- when the event entered the stream: retention counts from here
    created_at      timestamp with time zone not null,
    updated_at      timestamp with time zone not null
);
create index imaging_events_by_experiment on imaging_events (experiment_id, "timestamp");
create index imaging_events_by_time on imaging_events ("timestamp");

create table src_dir_info (
    id                 uuid primary key,
    imaging_event_id   uuid not null unique references imaging_events (id),
    local_path         varchar not null,
    staging_path       varchar,
    img_count          integer not null,
    img_count_actual   integer,
    raw_metadata       ${jsonb} not null,
    source_removed_at  timestamp with time zone,    -- by retention; null while it has not been removed
    staging_removed_at timestamp with time zone,
    created_at         timestamp with time zone not null,
    updated_at         timestamp with time zone not null
);
create index src_dir_info_with_source on src_dir_info (source_removed_at);
create index src_dir_info_with_staging on src_dir_info (staging_removed_at);

create table event_archives (
    id               uuid primary key,
    imaging_event_id uuid not null unique references imaging_events (id),
    size             bigint not null,
    created_at       timestamp with time zone not null,
    updated_at       timestamp with time zone not null
);

create table archive_checksums (
    id               uuid primary key,
    event_archive_id uuid not null unique references event_archives (id),
    hex              varchar not null,
    algorithm        varchar not null,              -- SHA256
    created_at       timestamp with time zone not null,
    updated_at       timestamp with time zone not null
);

create table object_store_entries (
    id               uuid primary key,
    imaging_event_id uuid not null unique references imaging_events (id),
    "key"            varchar not null unique,       -- with the bucket as first segment
    uploaded_at      timestamp with time zone not null,
    created_at       timestamp with time zone not null,
    updated_at       timestamp with time zone not null
);
create index object_store_entries_by_upload on object_store_entries (uploaded_at);

create table data_archive_entries (
    id         uuid primary key,
    job_id     uuid,
    path       varchar not null unique,
    created_at timestamp with time zone not null,
    updated_at timestamp with time zone not null
);
create index data_archive_entries_by_creation on data_archive_entries (created_at, id);

create table data_archive_members (
    id                    uuid primary key,
    data_archive_entry_id uuid not null references data_archive_entries (id),
    member_key            varchar not null,         -- file name part of src_key
    src_key               varchar not null,         -- no foreign key: the tape tool may know of an object before we do
    created_at            timestamp with time zone not null,
    updated_at            timestamp with time zone not null,
    unique (data_archive_entry_id, src_key)
);
create index data_archive_members_by_source on data_archive_members (src_key);

-- Event files of read-only shares that were dealt with and cannot be removed
create table processed_event_files (
    system      varchar not null,
    name        varchar not null,
    size        bigint not null,
    modified_at timestamp with time zone not null,
    created_at  timestamp with time zone not null,
    primary key (system, name, size, modified_at)
);
