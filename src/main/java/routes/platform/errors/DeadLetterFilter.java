package routes.platform.errors;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Selects dead letters; null matches any.
 *
 * @param route route id, of the entry or of the failure
 * @param exception class of the root cause, in full or its simple name
 * @param reason a part of the reason, in any case
 * @param since failed at or after
 * @param until failed before
 */
record DeadLetterFilter(
        @Nullable DeadLetterStatus status,
        @Nullable String route,
        @Nullable String exception,
        @Nullable String reason,
        @Nullable Instant since,
        @Nullable Instant until) {

    static DeadLetterFilter of(@Nullable DeadLetterStatus status) {
        return new DeadLetterFilter(status, null, null, null, null, null);
    }
}
