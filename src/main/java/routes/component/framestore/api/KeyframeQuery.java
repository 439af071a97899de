package routes.component.framestore.api;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * Which keyframes to find, by the time in their UUIDs (version 7).
 *
 * @param from first second since 1970, unsigned; found is what is from one second earlier on. Null for all
 * @param to last second since 1970, unsigned; found is what is up to one second later. Null for now
 * @param limit most to return
 */
public record KeyframeQuery(String sourceId, @Nullable Long from, @Nullable Long to, int limit) {

    /** UUIDs of version 7 begin with 48 bits of milliseconds. */
    private static final long LAST_MILLISECOND = (1L << 48) - 1;

    private static final int TIME_SHIFT = 16;

    public KeyframeQuery {
        if (limit < 1) {
            throw new IllegalArgumentException("A search with limit " + limit + " can find nothing");
        }
    }

    /** The least UUID of what is searched; the whole of its millisecond is. */
    public UUID lower() {
        return lowest(from == null || from == 0 ? 0 : milliseconds(from - 1));
    }

    /** The greatest UUID of what is searched; the whole of its millisecond is. */
    public UUID upper(Instant now) {
        return highest(to == null ? now.toEpochMilli() + 1000 : milliseconds(to == -1 ? to : to + 1));
    }

    /** The least UUID of a millisecond since 1970. */
    public static UUID lowest(long millisecond) {
        return new UUID(millisecond << TIME_SHIFT, 0);
    }

    /** The greatest UUID of a millisecond since 1970. */
    public static UUID highest(long millisecond) {
        return new UUID(millisecond << TIME_SHIFT | (1 << TIME_SHIFT) - 1, -1);
    }

    private static long milliseconds(long seconds) {
        boolean representable = seconds >= 0 && seconds <= LAST_MILLISECOND / 1000;
        return representable ? seconds * 1000 : LAST_MILLISECOND;
    }
}
