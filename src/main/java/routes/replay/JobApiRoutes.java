package routes.replay;

import org.apache.camel.model.RouteDefinition;
import org.springframework.stereotype.Component;
import routes.replay.job.service.JobEventsHandler;
import routes.replay.job.service.JobService;

/** HTTP → jobs. Events of a job are not here, see {@link JobEventsHandler}. */
@Component
class JobApiRoutes extends ReplayOperationRoutes {

    private final JobService jobs;

    JobApiRoutes(JobService jobs) {
        this.jobs = jobs;
    }

    @Override
    public void configure() {
        change("replay-create-job", "Makes a job", "create(${body}, ${header.Idempotency-Key})");
        question("replay-list-jobs", "Lists jobs that have not ended", "running(${header.job})");
        question("replay-get-job", "Lists one job if it has not ended", "running(${header.id})");
        question("replay-list-stopped-jobs", "Lists jobs that ended a short while ago", "stopped()");
        question("replay-delete-job", "Cancels a job", "delete(${header.id})");
        change(
                "replay-replace-stop-condition",
                "Replaces the stop condition of a job",
                "replaceStopCondition(${header.id}, ${body})");
        question(
                "replay-list-job-history",
                "Lists all jobs, also those of the past",
                "history(${header.state}, ${header.source}, ${header.cursor}, ${header.limit})");
        change("replay-check-job", "Says what a job would do, and makes none", "check(${body})");
        question("replay-show-job", "Shows a job and how far it is", "show(${header.id})");
        question("replay-pause-job", "Halts a job where it is", "pause(${header.id})");
        question("replay-resume-job", "Lets a halted job go on", "resume(${header.id})");
        change("replay-seek-job", "Lets a job go on somewhere else", "seek(${header.id}, ${body})");
        change("replay-step-job", "Sends some frames of a halted job", "step(${header.id}, ${body})");
        change("replay-change-speed", "Changes the speed of a paced job", "changeSpeed(${header.id}, ${body})");
    }

    private void question(String id, String description, String call) {
        request(id, description).transform(method(jobs, call)).to(ANSWER);
    }

    /** With a body, which is JSON. It is read first: of a text among several arguments Camel would take the quotes. */
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
