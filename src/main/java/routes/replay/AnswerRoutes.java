package routes.replay;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;

/** The ends that the operations of the API share. */
@Component
class AnswerRoutes extends RouteBuilder {

    @Override
    public void configure() {
        from(ReplayOperationRoutes.ANSWER)
                .routeId("replay-answer")
                .routeGroup("replay")
                .routeDescription("Turns an answer into JSON")
                .routeProperty("stage", "api")
                .routeConfigurationId("caller")
                .removeHeaders("*")
                .marshal()
                .json()
                .setHeader(Exchange.CONTENT_TYPE, constant("application/json"));

        from("direct:replay-answer-ok")
                .routeId("replay-answer-ok")
                .routeGroup("replay")
                .routeDescription("Answers that it is done, as the original does")
                .routeProperty("stage", "api")
                .routeConfigurationId("caller")
                .removeHeaders("*")
                .setBody(constant("\"ok\""))
                .setHeader(Exchange.CONTENT_TYPE, constant("application/json"));
    }
}
