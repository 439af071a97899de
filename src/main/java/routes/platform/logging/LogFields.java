package routes.platform.logging;

import java.util.List;
import java.util.Optional;

import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * The fields of every log line written while an exchange is routed, on whichever thread: {@code exchange_id},
 * {@code route_id}, and the exchange properties named here. A route sets those once it knows them:
 * {@code .setProperty(LogFields.REF_ID, …)}.
 */
public final class LogFields {

    /** Id of the imaging event a message is about. */
    public static final String REF_ID = "ref_id";

    private static final String EXCHANGE_ID = "exchange_id";
    private static final String ROUTE_ID = "route_id";

    /** Exchange properties copied as they are. */
    private static final List<String> PROPERTIES = List.of(REF_ID);

    private LogFields() {}

    static void put(Exchange exchange) {
        MDC.put(EXCHANGE_ID, exchange.getExchangeId());
        MDC.put(ROUTE_ID, routeId(exchange));
        for (String property : PROPERTIES) {
            // null removes the field that an earlier exchange left on the thread
            put(property, exchange.getProperty(property));
        }
    }

    static void remove() {
        MDC.remove(EXCHANGE_ID);
        MDC.remove(ROUTE_ID);
        PROPERTIES.forEach(MDC::remove);
    }

    private static void put(String field, @Nullable Object value) {
        if (value == null) {
            MDC.remove(field);
        } else {
            MDC.put(field, value.toString());
        }
    }

    private static String routeId(Exchange exchange) {
        return Optional.ofNullable(exchange.getUnitOfWork())
                .map(work -> work.getRoute())
                .map(Route::getRouteId)
                .orElseGet(exchange::getFromRouteId);
    }
}
