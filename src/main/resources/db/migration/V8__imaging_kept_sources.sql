-- Why retention keeps what is past its lifespan; null while it does not. Runs unchanged on PostgreSQL and H2.
alter table src_dir_info add column source_kept_because varchar;
alter table src_dir_info add column staging_kept_because varchar;
