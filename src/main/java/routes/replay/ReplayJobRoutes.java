package routes.replay;

import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;
import routes.replay.job.service.JobComponent;

/** The course of every job, of which each gets its own route {@code replay-job-<id>}. */
@Component
class ReplayJobRoutes extends RouteBuilder {

    @Override
    public void configure() {
        routeTemplate(JobComponent.ROUTE_TEMPLATE)
                .templateParameter("job", null, "Id of the job")
                .templateParameter("sink", null, "Endpoint of its sink")
                .from("replay-job:{{job}}")
                .routeDescription("Replays a job")
                // The job itself tries again, and knows when to give up
                .routeConfigurationId("caller")
                .autoStartup(false)
                .to("{{sink}}")
                .id("send-to-sink");
    }
}
