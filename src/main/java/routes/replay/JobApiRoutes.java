package routes.replay;

import org.apache.camel.model.RouteDefinition;
import org.springframework.stereotype.Component;
import routes.replay.job.service.JobEventsHandler;
import routes.replay.job.service.JobService;

/** HTTP → jobs. The events of a job are served by {@link JobEventsHandler}. */
@Component
class JobApiRoutes extends ReplayOperationRoutes {

    private final JobService jobs;

    JobApiRoutes(JobService jobs) {
        this.jobs = jobs;
    }

    @Override
    public void configure() {
        change("replay-create-job", "Creates a job", "create(${body}, ${header.Idempotency-Key})");
        question("replay-list-jobs", "Lists jobs that have not ended", "running(${header.job})");
        question("replay-get-job", "Lists one job, unless it has ended", "running(${header.id})");
        question("replay-list-stopped-jobs", "Lists jobs that ended a short while ago", "stopped()");
        question("replay-delete-job", "Cancels a job", "delete(${header.id})");
        change(
                "replay-replace-stop-condition",
                "Replaces the stop condition of a job",
                "replaceStopCondition(${header.id}, ${body})");
        question(
                "replay-list-job-history",
                "Lists all jobs, including those that have ended",
                "history(${header.state}, ${header.source}, ${header.cursor}, ${header.limit})");
        change("replay-check-job", "Says what a job would do, without creating it", "check(${body})");
        question("replay-show-job", "Shows a job and how far it is", "show(${header.id})");
        question("replay-pause-job", "Pauses a job where it is", "pause(${header.id})");
        question("replay-resume-job", "Resumes a paused job", "resume(${header.id})");
        change("replay-seek-job", "Continues a job at another keyframe", "seek(${header.id}, ${body})");
        change("replay-step-job", "Sends some frames of a paused job", "step(${header.id}, ${body})");
        change("replay-change-speed", "Changes the speed of a paced job", "changeSpeed(${header.id}, ${body})");
    }

    private void question(String id, String description, String call) {
        request(id, description).transform(method(jobs, call)).to(ANSWER);
    }

    /** An operation with a JSON body, which is read first: Camel strips the quotes of a text among several arguments. */
    private void change(String id, String description, String call) {
        request(id, description)
                .transform(method(jobs, "read"))
                .transform(method(jobs, call))
                .to(ANSWER);
    }

    private RouteDefinition request(String id, String description) {
        return operation(id, description).autoStartup("{{replay.jobs.enabled}}");
    }
}
