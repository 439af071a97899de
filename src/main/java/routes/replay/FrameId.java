package routes.replay;

import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The UUID of a frame as an unsigned number of 128 bits, which is how Savant orders frames. {@link UUID} itself
 * compares signed halves.
 */
record FrameId(long high, long low) implements Comparable<FrameId> {

    private static final Pattern HYPHENATED =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final Pattern SIMPLE = Pattern.compile("[0-9a-f]{32}");
    private static final String URN = "urn:uuid:";
    private static final int SIMPLE_LENGTH = 32;
    private static final int HEX = 16;

    /**
     * Hyphenated, 32 hex digits, in braces, or {@code urn:uuid:…}; upper or lower case.
     *
     * @throws IllegalArgumentException when it is none of these
     */
    static FrameId parse(String text) {
        String bare = bare(text.toLowerCase(Locale.ROOT));
        String digits = HYPHENATED.matcher(bare).matches() ? bare.replace("-", "") : bare;
        if (!SIMPLE.matcher(digits).matches()) {
            throw new IllegalArgumentException("must be a UUID");
        }
        return new FrameId(
                Long.parseUnsignedLong(digits, 0, HEX, HEX), Long.parseUnsignedLong(digits, HEX, SIMPLE_LENGTH, HEX));
    }

    static FrameId of(UUID uuid) {
        return new FrameId(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits());
    }

    UUID toUuid() {
        return new UUID(high, low);
    }

    /** The next higher number; the highest has none but itself. */
    FrameId next() {
        if (low != -1) {
            return new FrameId(high, low + 1);
        }
        return high == -1 ? this : new FrameId(high + 1, 0);
    }

    private static String bare(String text) {
        if (text.startsWith("{") && text.endsWith("}")) {
            return text.substring(1, text.length() - 1);
        }
        return text.startsWith(URN) ? text.substring(URN.length()) : text;
    }

    @Override
    public int compareTo(FrameId other) {
        int byHigh = Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }

    /** Hyphenated, in lower case. */
    @Override
    public String toString() {
        return new UUID(high, low).toString();
    }
}
