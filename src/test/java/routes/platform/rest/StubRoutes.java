package routes.platform.rest;

import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;
import routes.platform.ConflictException;
import routes.platform.NotFoundException;

/** Answers every operation of the imaging contract with the headers it was called with. */
@Component
class StubRoutes extends RouteBuilder {

    static final List<String> OPERATIONS = List.of(
            "imaging-list-exports",
            "imaging-list-archives",
            "imaging-list-daily-stats",
            "imaging-list-events",
            "imaging-ingest-backlog",
            "imaging-requeue-dead",
            "imaging-purge");

    @Override
    public void configure() {
        for (String operation : OPERATIONS) {
            from("direct:" + operation)
                    .routeId(operation)
                    .routeConfigurationId("rest")
                    .process(StubRoutes::tellTypes)
                    .marshal()
                    .json();
        }
        fails("imaging-show-archive", new NotFoundException("item not found"));
        fails("imaging-show-event", new IllegalStateException("secret of the house"));
        fails("imaging-upload-again", new ConflictException("the source is gone"));
        fails(
                "imaging-verify-object",
                new IllegalStateException(new SQLTransientConnectionException("pool is empty, host db.internal")));
    }

    private void fails(String operation, Exception failure) {
        from("direct:" + operation)
                .routeId(operation)
                .routeConfigurationId("rest")
                .throwException(failure);
    }

    /** Shows each header of the message with its Java type, and what else the route got. */
    private static void tellTypes(Exchange exchange) {
        Map<String, String> seen = new TreeMap<>();
        exchange.getMessage()
                .getHeaders()
                .forEach((name, value) ->
                        seen.put(name, value == null ? "null" : value.getClass().getSimpleName() + " " + value));
        seen.put("body", String.valueOf(exchange.getMessage().getBody()));
        exchange.getMessage().setBody(seen);
    }
}
