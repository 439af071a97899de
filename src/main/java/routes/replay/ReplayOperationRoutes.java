package routes.replay;

import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.RouteDefinition;

/** Routes that answer the operations of {@code openapi/replay.yaml}, which calls them by their ids. */
abstract class ReplayOperationRoutes extends RouteBuilder {

    /** Where an answer that is a JSON tree goes. */
    static final String ANSWER = "direct:replay-answer";

    final RouteDefinition operation(String id, String description) {
        return from("direct:" + id)
                .routeId(id)
                .routeGroup("replay")
                .routeDescription(description)
                .routeProperty("stage", "api")
                .routeConfigurationId("rest")
                .autoStartup("{{replay.api.enabled}}");
    }

    /** The same operation for a source whose id cannot be a part of a path. */
    final void alsoByQuery(String id, String enabled) {
        operation(id + "-by-query", "Does the same as " + id + ", the source's id in the query")
                .autoStartup("{{" + enabled + "}}")
                .to("direct:" + id);
    }
}
