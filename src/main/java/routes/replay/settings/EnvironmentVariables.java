package routes.replay.settings;

import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts environment variables into a text: {@code ${NAME}}, or {@code ${NAME:-default}} where it may be unset. */
final class EnvironmentVariables {

    /** Name and, if there is one, default. */
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?}");

    private final Map<String, String> environment;

    EnvironmentVariables(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /** @throws IllegalArgumentException when a variable is unset that has no default */
    String expand(String text) {
        return REFERENCE.matcher(text).replaceAll(reference -> Matcher.quoteReplacement(value(reference)));
    }

    private String value(MatchResult reference) {
        String name = reference.group(1);
        String set = environment.get(name);
        if (set != null) {
            return set;
        }
        String otherwise = reference.group(2);
        if (otherwise == null) {
            throw new IllegalArgumentException("the environment variable " + name + " is not set and has no default");
        }
        return otherwise;
    }
}
