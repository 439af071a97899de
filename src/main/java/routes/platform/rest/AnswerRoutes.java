package routes.platform.rest;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.jackson.JacksonDataFormat;
import org.springframework.stereotype.Component;

/** The route with which the operations of all contracts end. */
@Component
class AnswerRoutes extends RouteBuilder {

    private final JacksonDataFormat json;

    AnswerRoutes(ObjectMapper mapper) {
        this.json = new JacksonDataFormat(mapper, Object.class);
    }

    @Override
    public void configure() {
        from(OperationRoutes.ANSWER)
                .routeId("platform-answer")
                .routeDescription("Turns an answer into JSON")
                .routeConfigurationId("caller")
                .removeHeaders("*")
                .marshal(json)
                .setHeader(Exchange.CONTENT_TYPE, constant("application/json"));
    }
}
