package routes.replay;

import routes.platform.rest.OperationRoutes;

/** Routes that answer the operations of {@code openapi/replay.yaml}. */
abstract class ReplayOperationRoutes extends OperationRoutes {

    /** The same operation for a source whose id cannot be a part of a path. */
    final void alsoByQuery(String id, String enabled) {
        operation(id + "-by-query", "Does the same as " + id + ", the source's id in the query")
                .autoStartup("{{" + enabled + "}}")
                .to("direct:" + id);
    }
}
