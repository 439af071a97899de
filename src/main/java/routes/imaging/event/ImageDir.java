package routes.imaging.event;

import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import routes.platform.json.JsonValues;

/**
 * Reads the folder of the images as producers write it, including those on Windows, and returns it with our
 * separators.
 */
public final class ImageDir {

    private static final int MAX_LENGTH = 4096;
    private static final Pattern ABSOLUTE_OF_WINDOWS = Pattern.compile("[A-Za-z]:([\\\\/].*)?|\\\\.*", Pattern.DOTALL);

    private ImageDir() {}

    /**
     * A backslash separates names. A line break at the end is not part of the folder: it comes from reading a line of
     * text.
     *
     * @throws IllegalArgumentException when it cannot be a folder below a system's folder
     */
    public static String of(JsonNode node) {
        String text = JsonValues.nonBlankText(node).replaceAll("[\\r\\n]+\\z", "");
        if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("is longer than " + MAX_LENGTH + " characters");
        }
        if (ABSOLUTE_OF_WINDOWS.matcher(text).matches()) {
            throw new IllegalArgumentException("is an absolute path of Windows (drive or leading backslash); it must be"
                    + " relative to the folder of the system");
        }
        return text.replace('\\', '/');
    }
}
