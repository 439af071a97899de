package routes.imaging.event;

import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import routes.platform.json.JsonValues;

/** The folder of the images as producers write it, also those of Windows, with the separators that we use. */
public final class ImageDir {

    private static final int MAX_LENGTH = 4096;
    private static final Pattern ABSOLUTE_OF_WINDOWS = Pattern.compile("[A-Za-z]:([\\\\/].*)?|\\\\.*", Pattern.DOTALL);

    private ImageDir() {}

    /**
     * A backslash separates names, and the line break is not of the folder, with which a line of text was taken over.
     *
     * @throws IllegalArgumentException when it can be no folder below a system's
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
