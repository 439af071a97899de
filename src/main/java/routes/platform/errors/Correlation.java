package routes.platform.errors;

import org.apache.camel.Exchange;

/** Finds the id that ties the log lines and dead letters of one message together. */
final class Correlation {

    private Correlation() {}

    /** The id that the message brought along, otherwise the id of the exchange that was created for it. */
    static String idOf(Exchange exchange) {
        String brought = exchange.getMessage().getHeader(Exchange.BREADCRUMB_ID, String.class);
        if (brought != null && !brought.isBlank()) {
            return brought;
        }
        String parent = exchange.getProperty(Exchange.CORRELATION_ID, String.class);
        return parent != null ? parent : exchange.getExchangeId();
    }
}
