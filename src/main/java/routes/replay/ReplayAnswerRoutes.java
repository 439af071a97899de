package routes.replay;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;

/** The answer that the original gives to what is done. */
@Component
class ReplayAnswerRoutes extends RouteBuilder {

    @Override
    public void configure() {
        from("direct:replay-answer-ok")
                .routeId("replay-answer-ok")
                .routeDescription("Answers that it is done, as the original does")
                .routeConfigurationId("caller")
                .removeHeaders("*")
                .setBody(constant("\"ok\""))
                .setHeader(Exchange.CONTENT_TYPE, constant("application/json"));
    }
}
