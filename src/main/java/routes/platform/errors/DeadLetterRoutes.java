package routes.platform.errors;

import org.springframework.stereotype.Component;
import routes.platform.rest.OperationRoutes;

/** The dead-letter API, {@code openapi/dead-letters.yaml}, and the route that sends queued letters again. */
@Component
class DeadLetterRoutes extends OperationRoutes {

    private final DeadLetterService letters;
    private final DeadLetterRequeuer requeuer;

    DeadLetterRoutes(DeadLetterService letters, DeadLetterRequeuer requeuer) {
        this.letters = letters;
        this.requeuer = requeuer;
    }

    @Override
    public void configure() {
        operation("platform-list-dead-letters", "Lists dead letters by route, cause, time and status", letters, "list");
        operation(
                "platform-show-dead-letter",
                "Shows one dead letter with body, headers and stack trace",
                letters,
                "show");
        operation(
                "platform-requeue-dead-letter",
                "Queues one dead letter to go through its route again",
                letters,
                "requeue");
        operation("platform-requeue-dead-letters", "Queues all dead letters that fit a filter", letters, "requeueAll");
        operation("platform-discard-dead-letter", "Discards one dead letter for good", letters, "discard");

        from("timer:platform-send-queued-dead-letters?period={{caravan.errors.requeue-interval}}")
                .routeId("platform-send-queued-dead-letters")
                .routeDescription("Sends queued dead letters through the routes they failed in")
                // The message is empty; what is not sent in this round is sent in the next.
                .routeConfigurationId(ErrorPolicyRoutes.RETRY_AT_SOURCE)
                .bean(requeuer, "sendQueued");
    }
}
