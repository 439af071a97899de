package routes.platform.config;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/** Decides which configured values may be repeated in a message. */
final class Secrets {

    private static final Pattern SECRET_KEY = Pattern.compile(
            "(?i).*(password|passphrase|secret|token|credential|access-?key|private-?key|dsn|webhook).*");

    private static final Pattern USER_IN_ADDRESS = Pattern.compile("//[^/@\\s]*@");

    private Secrets() {}

    /** The value as it may be shown: nothing of a secret, no user and password of an address. */
    static String shown(String key, @Nullable Object value) {
        if (value == null) {
            return "(unset)";
        }
        return SECRET_KEY.matcher(key).matches()
                ? "(hidden)"
                : "\"" + USER_IN_ADDRESS.matcher(value.toString()).replaceAll("//(hidden)@") + "\"";
    }
}
