package routes.platform.errors;

import org.apache.camel.Exchange;

/** What ties the log lines and dead letters of one message together. */
final class Correlation {

    private Correlation() {}

    /** The id the message brought along, else the one its exchange was born with. */
    static String idOf(Exchange exchange) {
        String brought = exchange.getMessage().getHeader(Exchange.BREADCRUMB_ID, String.class);
        if (brought != null && !brought.isBlank()) {
            return brought;
        }
        String parent = exchange.getProperty(Exchange.CORRELATION_ID, String.class);
        return parent != null ? parent : exchange.getExchangeId();
    }
}
