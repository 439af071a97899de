-- Where the time of the frames is that a job with contiguous_pts has sent: JSON, null before the first frame and for other
-- jobs. Runs unchanged on PostgreSQL and H2.
alter table replay_job add column timeline text;
