package routes.imaging.store;

import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Who in this process is uploading to which key just now. A store that honours {@code If-None-Match} needs no such help;
 * on the others two events of the same second could both find the key free, and the later upload would replace the
 * earlier. Holds running uploads only, so it stays as small as their number.
 */
public final class KeyClaims {

    private final ConcurrentMap<String, Claim> claims = new ConcurrentHashMap<>();

    /**
     * Claims a key, any number of times for the same event.
     *
     * @return false when the key is claimed for another event
     */
    boolean claim(String key, UUID refId) {
        Claim now = claims.compute(key, (k, held) -> {
            if (held == null) {
                return new Claim(refId, 1);
            }
            return held.refId.equals(refId) ? new Claim(refId, held.count + 1) : held;
        });
        return now.refId.equals(refId);
    }

    /** Gives back what one successful {@link #claim} took. */
    void release(String key, UUID refId) {
        claims.computeIfPresent(key, (k, held) -> {
            if (!held.refId.equals(refId)) {
                return held;
            }
            return held.count == 1 ? null : new Claim(refId, held.count - 1);
        });
    }

    private record Claim(UUID refId, int count) {}
}
