package routes.platform.health;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;

/** The two questions a load balancer asks; the contract is openapi/platform.yaml. */
@Component
class HealthRoutes extends RouteBuilder {

    private final Readiness readiness;

    HealthRoutes(Readiness readiness) {
        this.readiness = readiness;
    }

    @Override
    public void configure() {
        from("direct:platform-show-liveness")
                .routeId("platform-show-liveness")
                .routeGroup("platform")
                .routeDescription("Tells that the process lives: GET /health")
                .routeProperty(RouteStages.STAGE, "api")
                .routeConfigurationId("rest")
                .setHeader(Exchange.HTTP_RESPONSE_CODE, constant(204))
                .setBody(constant(""));

        from("direct:platform-show-readiness")
                .routeId("platform-show-readiness")
                .routeGroup("platform")
                .routeDescription("Tells whether the process can work: GET /health/ready")
                .routeProperty(RouteStages.STAGE, "api")
                .routeConfigurationId("rest")
                .bean(readiness, "require")
                .setHeader(Exchange.HTTP_RESPONSE_CODE, constant(204))
                .setBody(constant(""));
    }
}
