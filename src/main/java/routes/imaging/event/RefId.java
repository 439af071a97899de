package routes.imaging.event;

import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import routes.platform.json.JsonValues;

/** Spellings of the UUID that names a time step through the whole workflow. */
public final class RefId {

    private static final Pattern HYPHENATED =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final Pattern PLAIN = Pattern.compile("[0-9a-f]{32}");
    private static final int SHORT_LENGTH = 6;

    private RefId() {}

    /** Hyphenated, 32 hex digits, or {@code urn:uuid:…}; upper or lower case. */
    public static UUID parse(String text) {
        String lower = text.strip().toLowerCase(Locale.ROOT);
        String bare = lower.startsWith("urn:uuid:") ? lower.substring("urn:uuid:".length()) : lower;
        if (HYPHENATED.matcher(bare).matches()) {
            return UUID.fromString(bare);
        }
        if (PLAIN.matcher(bare).matches()) {
            return new UUID(
                    Long.parseUnsignedLong(bare.substring(0, 16), 16), Long.parseUnsignedLong(bare.substring(16), 16));
        }
        throw new IllegalArgumentException("must be a UUID");
    }

    public static UUID read(JsonNode node) {
        return parse(JsonValues.text(node));
    }

    /** The first six hex digits: part of a staging folder's name and of a key that would collide. */
    public static String abbreviate(UUID refId) {
        return refId.toString().substring(0, SHORT_LENGTH);
    }
}
