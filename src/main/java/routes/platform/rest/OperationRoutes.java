package routes.platform.rest;

import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.RouteDefinition;

/**
 * Routes that answer the operations of a contract, which calls each by its id: {@code <workflow>-<verb>-<noun>}. Their
 * failures become problem details.
 */
public abstract class OperationRoutes extends RouteBuilder {

    /** Where to send a body that is to be answered as JSON. */
    protected static final String ANSWER = "direct:platform-answer";

    /** The operations of the platform itself cannot be switched off. */
    private static final String PLATFORM = "platform";

    /** A whole operation: calls a method of a bean, in Camel's bean language, and answers with its result as JSON. */
    protected final RouteDefinition operation(String id, String description, Object bean, String call) {
        RouteDefinition route = operation(id, description);
        route.transform(method(bean, call)).to(ANSWER);
        return route;
    }

    /** Begins the route of an operation, which runs where {@code <workflow>.api.enabled} says so. */
    protected final RouteDefinition operation(String id, String description) {
        String workflow = id.substring(0, id.indexOf('-'));
        RouteDefinition route =
                from("direct:" + id).routeId(id).routeDescription(description).routeConfigurationId("rest");
        return workflow.equals(PLATFORM) ? route : route.autoStartup("{{" + workflow + ".api.enabled}}");
    }
}
