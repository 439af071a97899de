package routes.local;

import org.jspecify.annotations.Nullable;

/** A local service is not available. Tells the person who started Caravan why, and what to do. */
final class LocalServiceException extends RuntimeException {

    private final String action;

    LocalServiceException(String message, String action, @Nullable Throwable cause) {
        super(message, cause);
        this.action = action;
    }

    LocalServiceException(String message, String action) {
        this(message, action, null);
    }

    /** What to do about it. */
    String action() {
        return action;
    }
}
