package routes.component.framestore.api;

import java.time.Instant;
import java.util.UUID;

/**
 * A stretch of a source that neither expires nor makes room for others, until it is released.
 *
 * @param from first index
 * @param to last index; {@link Long#MAX_VALUE} for all that will come
 */
public record Hold(UUID id, String sourceId, long from, long to, String reason, Instant since) {

    public Hold {
        if (from < 0 || to < from) {
            throw new IllegalArgumentException("A hold needs indices with 0 <= from <= to, not " + from + " to " + to);
        }
    }

    public boolean overlaps(long first, long last) {
        return from <= last && first <= to;
    }
}
