package routes.platform.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import routes.platform.ConfigurationException;

/**
 * Parses the lines of a {@code .env} file: {@code NAME=value}, optionally after {@code export}, in single or double
 * quotes, with {@code #} comments. Quoted values are literal: nothing is expanded.
 */
final class Dotenv {

    private static final Pattern ASSIGNMENT = Pattern.compile("(?:export\\s+)?([A-Za-z_][A-Za-z0-9_]*)\\s*=\\s*(.*)");
    private static final Pattern QUOTED = Pattern.compile("(['\"])(.*)\\1\\s*(?:#.*)?");
    private static final Pattern TRAILING_COMMENT = Pattern.compile("(^|\\s+)#.*$");

    private Dotenv() {}

    /** @throws ConfigurationException naming the file and the line that is no assignment; never its content */
    static Map<String, String> parse(String file, List<String> lines) {
        Map<String, String> variables = new LinkedHashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            Matcher assignment = ASSIGNMENT.matcher(line);
            if (!assignment.matches()) {
                throw new ConfigurationException(
                        "%s, line %d: not of the form NAME=value.".formatted(file, i + 1),
                        "Correct the line, or start it with # to make it a comment.");
            }
            variables.put(assignment.group(1), value(assignment.group(2).strip()));
        }
        return variables;
    }

    private static String value(String text) {
        Matcher quoted = QUOTED.matcher(text);
        return quoted.matches()
                ? quoted.group(2)
                : TRAILING_COMMENT.matcher(text).replaceFirst("").strip();
    }
}
