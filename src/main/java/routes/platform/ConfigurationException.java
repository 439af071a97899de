package routes.platform;

import org.jspecify.annotations.Nullable;

/**
 * The configuration is wrong, so Caravan cannot start. Printed without a stack trace; hence the message must say what
 * is wrong, with the key and where it was set, and the action what to write instead. Neither may hold a secret.
 */
public class ConfigurationException extends RuntimeException {

    private final String action;

    public ConfigurationException(String message, String action) {
        this(message, action, null);
    }

    public ConfigurationException(String message, String action, @Nullable Throwable cause) {
        super(message, cause);
        this.action = action;
    }

    /** What the reader can do about it. */
    public String action() {
        return action;
    }
}
