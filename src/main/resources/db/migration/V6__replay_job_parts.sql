-- Which stretch of its playlist a job is at, from 0. Runs unchanged on PostgreSQL and H2.
alter table replay_job add column part integer default 0 not null;
