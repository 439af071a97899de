package routes.component.redisstream;

import java.util.List;
import java.util.Optional;

import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * Recognizes exchanges that show that their entry can never be processed.
 *
 * @param exceptions failures of these types, also as a cause, are permanent
 */
record Rejections(List<Class<?>> exceptions) {

    Rejections {
        exceptions = List.copyOf(exceptions);
    }

    /** Why the entry is rejected; empty when it is not. */
    Optional<String> reason(Exchange exchange) {
        Object asked = exchange.getProperty(RedisStreamConstants.REJECT);
        if (asked == null) {
            asked = exchange.getMessage().getHeader(RedisStreamConstants.REJECT);
        }
        if (asked != null) {
            return Optional.of(asked.toString());
        }
        Throwable failure = exchange.getException();
        return isListed(failure) ? Optional.of(failure.toString()) : Optional.empty();
    }

    private boolean isListed(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    private boolean isInstance(Throwable cause) {
        return exceptions.stream().anyMatch(type -> type.isInstance(cause));
    }
}
