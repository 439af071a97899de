package routes.platform.health;

import org.apache.camel.Exchange;
import org.springframework.stereotype.Component;
import routes.platform.rest.OperationRoutes;

/** Answers the two questions of a load balancer; the contract is openapi/platform.yaml. */
@Component
class HealthRoutes extends OperationRoutes {

    private final Readiness readiness;

    HealthRoutes(Readiness readiness) {
        this.readiness = readiness;
    }

    @Override
    public void configure() {
        operation("platform-show-liveness", "Tells that the process lives: GET /health")
                .setHeader(Exchange.HTTP_RESPONSE_CODE, constant(204))
                .setBody(constant(""));

        operation("platform-show-readiness", "Tells whether the process can work: GET /health/ready")
                .bean(readiness, "require")
                .setHeader(Exchange.HTTP_RESPONSE_CODE, constant(204))
                .setBody(constant(""));
    }
}
