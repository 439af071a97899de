package routes.replay.job.service;

import java.util.List;

import routes.replay.job.JobRecord;

/** Several who listen. */
record JobListeners(List<JobListener> all) implements JobListener {

    @Override
    public void changed(JobRecord job) {
        all.forEach(listener -> listener.changed(job));
    }

    @Override
    public void alive(List<LiveJob> jobs) {
        all.forEach(listener -> listener.alive(jobs));
    }
}
