package routes.replay.job.service;

import java.util.List;

import routes.replay.job.JobRecord;

/** Hears what becomes of jobs. Be quick. */
interface JobListener {

    /** A job was made, taken up after a restart, has moved on, or ended. */
    void changed(JobRecord job);

    /** Each second: the jobs that have not ended, oldest first. */
    default void alive(List<LiveJob> jobs) {}
}
