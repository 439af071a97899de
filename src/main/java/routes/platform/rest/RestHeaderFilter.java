package routes.platform.rest;

import java.util.Locale;
import java.util.Set;

import org.apache.camel.Exchange;
import org.apache.camel.spi.HeaderFilterStrategy;
import org.springframework.stereotype.Component;

/**
 * Filters headers at the border of HTTP. Camel keeps request headers and query parameters as headers of the message,
 * so without a filter they would all travel back in the answer, {@code Authorization} and {@code Cookie} included.
 * Only headers meant for answers leave here, and none of them may come in, so that no client can plant one.
 */
@Component
class RestHeaderFilter implements HeaderFilterStrategy {

    private static final Set<String> OF_ANSWERS = Set.of(
            "allow",
            "content-disposition",
            "content-language",
            "etag",
            "last-modified",
            "link",
            "location",
            "retry-after",
            "www-authenticate",
            "x-total-count");

    @Override
    public boolean applyFilterToCamelHeaders(String headerName, Object headerValue, Exchange exchange) {
        return !OF_ANSWERS.contains(headerName.toLowerCase(Locale.ROOT));
    }

    @Override
    public boolean applyFilterToExternalHeaders(String headerName, Object headerValue, Exchange exchange) {
        String name = headerName.toLowerCase(Locale.ROOT);
        return OF_ANSWERS.contains(name) || name.startsWith("camel") || name.startsWith("org.apache.camel");
    }
}
