package routes.platform.errors;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.jackson.JacksonDataFormat;

/** The dead-letter API, {@code openapi/dead-letters.yaml}, and the route that sends queued letters again. */
public class DeadLetterRoutes extends RouteBuilder {

    private static final String GROUP = "platform";
    private static final String REST_POLICY = "rest";

    private final DeadLetterService desk;
    private final DeadLetterRequeuer requeuer;
    private final JacksonDataFormat json;

    DeadLetterRoutes(DeadLetterService desk, DeadLetterRequeuer requeuer, ObjectMapper mapper) {
        this.desk = desk;
        this.requeuer = requeuer;
        this.json = new JacksonDataFormat(mapper, Object.class);
    }

    @Override
    public void configure() {
        operation("platform-list-dead-letters", "list", "Lists dead letters by route, cause, time and status");
        operation("platform-show-dead-letter", "show", "Shows one dead letter with body, headers and stack trace");
        operation("platform-requeue-dead-letter", "requeue", "Queues one dead letter to go through its route again");
        operation("platform-requeue-dead-letters", "requeueAll", "Queues all dead letters that fit a filter");
        operation("platform-discard-dead-letter", "discard", "Gives one dead letter up for good");

        from("timer:platform-send-queued-dead-letters?period={{caravan.errors.requeue-interval}}")
                .routeId("platform-send-queued-dead-letters")
                .routeDescription("Sends queued dead letters through the routes they failed in")
                // Nothing is in the message; what is not sent in this round is sent in the next.
                .routeConfigurationId(ErrorPolicyRoutes.RETRY_AT_SOURCE)
                .bean(requeuer, "sendQueued");
    }

    private void operation(String id, String method, String description) {
        from("direct:" + id)
                .routeId(id)
                .routeDescription(description)
                .routeConfigurationId(REST_POLICY)
                .bean(desk, method)
                .marshal(json);
    }
}
