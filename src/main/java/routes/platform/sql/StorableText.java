package routes.platform.sql;

import java.nio.charset.StandardCharsets;

/** Text from outside, such as a reason that quotes a message, in the form that a column can hold. */
public final class StorableText {

    private static final char REPLACEMENT = '\ufffd';

    private StorableText() {}

    /** Cuts the text, and replaces what PostgreSQL refuses: the character 0 and halves of surrogate pairs. */
    public static String of(String text, int longest) {
        String cut = text.length() <= longest ? text : text.substring(0, longest - 1) + "…";
        // The encoder writes a question mark for half a pair
        byte[] wellFormed = cut.replace('\0', REPLACEMENT).getBytes(StandardCharsets.UTF_8);
        return new String(wellFormed, StandardCharsets.UTF_8);
    }
}
