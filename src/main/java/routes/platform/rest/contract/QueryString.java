package routes.platform.rest.contract;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * The parameters of a query string. When a name is given twice, the last value counts, as it did for the original's
 * clients.
 */
final class QueryString {

    private final Map<String, String> values = new LinkedHashMap<>();

    QueryString(@Nullable String query) {
        if (query != null) {
            for (String pair : query.split("&")) {
                int equals = pair.indexOf('=');
                if (equals < 0) {
                    values.put(decode(pair), "");
                } else {
                    values.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
                }
            }
        }
    }

    Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name));
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // A stray percent sign is kept; the contract then decides whether it is allowed.
            return text;
        }
    }
}
