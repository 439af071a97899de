package routes.replay;

import java.util.List;

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
