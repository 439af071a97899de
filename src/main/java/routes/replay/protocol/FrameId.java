package routes.replay.protocol;

import java.util.UUID;

/**
 * The UUID of a frame as an unsigned number of 128 bits, which is how Savant orders frames. {@link UUID} itself
 * compares signed halves.
 */
public record FrameId(long high, long low) implements Comparable<FrameId> {

    private static final String URN = "urn:uuid:";
    private static final int HYPHENATED_LENGTH = 36;
    private static final int SIMPLE_LENGTH = 32;
    private static final int DIGITS_OF_HALF = 16;
    private static final int BITS_OF_DIGIT = 4;

    /**
     * Hyphenated, 32 hex digits, in braces, or {@code urn:uuid:…}; upper or lower case. Every frame that comes or goes
     * is read by this, hence digit by digit and not by a pattern.
     *
     * @throws IllegalArgumentException when it is none of these
     */
    public static FrameId parse(String text) {
        String bare = bare(text);
        boolean hyphenated = bare.length() == HYPHENATED_LENGTH;
        boolean sound = hyphenated || bare.length() == SIMPLE_LENGTH;
        long high = 0;
        long low = 0;
        int digits = 0;
        for (int i = 0; sound && i < bare.length(); i++) {
            if (hyphenated && isPlaceOfHyphen(i)) {
                sound = bare.charAt(i) == '-';
                continue;
            }
            int digit = digit(bare.charAt(i));
            sound = digit >= 0;
            if (digits < DIGITS_OF_HALF) {
                high = high << BITS_OF_DIGIT | digit;
            } else {
                low = low << BITS_OF_DIGIT | digit;
            }
            digits++;
        }
        if (!sound) {
            throw new IllegalArgumentException("must be a UUID");
        }
        return new FrameId(high, low);
    }

    private static boolean isPlaceOfHyphen(int index) {
        return index == 8 || index == 13 || index == 18 || index == 23;
    }

    /** ASCII only, which {@link Character#digit} is not. */
    private static int digit(char character) {
        if (character >= '0' && character <= '9') {
            return character - '0';
        }
        char lower = (char) (character | ' ');
        return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
    }

    public static FrameId of(UUID uuid) {
        return new FrameId(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits());
    }

    public UUID toUuid() {
        return new UUID(high, low);
    }

    /** The next higher number; the highest is followed by itself. */
    public FrameId next() {
        if (low != -1) {
            return new FrameId(high, low + 1);
        }
        return high == -1 ? this : new FrameId(high + 1, 0);
    }

    private static String bare(String text) {
        if (text.startsWith("{") && text.endsWith("}")) {
            return text.substring(1, text.length() - 1);
        }
        return text.regionMatches(true, 0, URN, 0, URN.length()) ? text.substring(URN.length()) : text;
    }

    @Override
    public int compareTo(FrameId other) {
        int byHigh = Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }

    /** Hyphenated, in lower case. */
    @Override
    public String toString() {
        return toUuid().toString();
    }
}
