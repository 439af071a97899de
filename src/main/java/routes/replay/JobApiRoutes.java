package routes.replay;

import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.RouteDefinition;
import org.springframework.stereotype.Component;

/** Jobs over HTTP. The contract {@code openapi/replay.yaml} calls these routes by their ids. */
@Component
class JobApiRoutes extends RouteBuilder {

    private final JobDesk desk;

    JobApiRoutes(JobDesk desk) {
        this.desk = desk;
    }

    @Override
    public void configure() {
        change("replay-create-job", "Makes a job", "create(${body}, ${header.Idempotency-Key})");
        operation("replay-list-jobs", "Lists jobs that have not ended", "running(${header.job})");
        operation("replay-get-job", "Lists one job if it has not ended", "running(${header.id})");
        operation("replay-list-stopped-jobs", "Lists jobs that ended a short while ago", "stopped()");
        operation("replay-delete-job", "Cancels a job", "delete(${header.id})");
        change(
                "replay-replace-stop-condition",
                "Replaces the stop condition of a job",
                "replaceStopCondition(${header.id}, ${body})");
        operation(
                "replay-list-job-history",
                "Lists all jobs, also those of the past",
                "history(${header.state}, ${header.source}, ${header.cursor}, ${header.limit})");
        change("replay-check-job", "Says what a job would do, and makes none", "check(${body})");
        operation("replay-show-job", "Shows a job and how far it is", "show(${header.id})");
        operation("replay-pause-job", "Halts a job where it is", "pause(${header.id})");
        operation("replay-resume-job", "Lets a halted job go on", "resume(${header.id})");
        change("replay-change-speed", "Changes the speed of a paced job", "changeSpeed(${header.id}, ${body})");

        from("direct:replay-answer-jobs")
                .routeId("replay-answer-jobs")
                .routeGroup("replay")
                .routeDescription("Turns an answer about jobs into JSON")
                .routeProperty("stage", "jobs")
                .routeConfigurationId("caller")
                .removeHeaders("*")
                .marshal()
                .json()
                .setHeader("Content-Type", constant("application/json"));
    }

    private void operation(String id, String description, String call) {
        request(id, description).transform(method(desk, call)).to("direct:replay-answer-jobs");
    }

    /** With a body, which is JSON. */
    private void change(String id, String description, String call) {
        request(id, description)
                .transform(method(desk, "read"))
                .transform(method(desk, call))
                .to("direct:replay-answer-jobs");
    }

    private RouteDefinition request(String id, String description) {
        return from("direct:" + id)
                .routeId(id)
                .routeGroup("replay")
                .routeDescription(description)
                .routeProperty("stage", "jobs")
                .routeConfigurationId("rest")
                .autoStartup("{{replay.jobs.enabled}}");
    }
}
