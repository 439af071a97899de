package routes.platform.config;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/** Decides which configured values may be repeated in a message. */
final class Secrets {

    private static final Pattern SECRET_KEY = Pattern.compile(
            "(?i).*(password|passphrase|secret|token|credential|access-?key|private-?key|dsn|webhook).*");

    private static final Pattern USER_IN_ADDRESS = Pattern.compile("//[^/@\\s]*@");

    private Secrets() {}

    /**
     * The value in the form in which it may be shown: secrets are hidden, and an address loses its user and password.
     */
    static String shown(String key, @Nullable Object value) {
        if (value == null) {
            return "(unset)";
        }
        return SECRET_KEY.matcher(key).matches()
                ? "(hidden)"
                : "\"" + USER_IN_ADDRESS.matcher(value.toString()).replaceAll("//(hidden)@") + "\"";
    }
}
