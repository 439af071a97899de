package routes.component.framestore.api;

import java.math.BigDecimal;
import java.math.BigInteger;

/** How far before an anchor to begin. */
public sealed interface Offset {

    /** At the anchor itself. */
    Offset NONE = new Blocks(0);

    /** So many keyframes before the anchor. */
    record Blocks(long count) implements Offset {
        public Blocks {
            if (count < 0) {
                throw new IllegalArgumentException("An offset of " + count + " blocks would lie after the anchor");
            }
        }
    }

    /** At least so much time before the anchor, by creation timestamps. */
    record Nanoseconds(BigInteger value) implements Offset {}

    static Offset blocks(long count) {
        return new Blocks(count);
    }

    /** @throws IllegalArgumentException negative, not a number, or more than 292 years */
    static Offset seconds(double seconds) {
        if (!(seconds >= 0) || seconds > Long.MAX_VALUE / 1e9) {
            throw new IllegalArgumentException("An offset of " + seconds + " seconds is not between 0 and 292 years");
        }
        return new Nanoseconds(BigDecimal.valueOf(seconds).movePointRight(9).toBigInteger());
    }
}
