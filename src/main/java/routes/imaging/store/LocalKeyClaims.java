package routes.imaging.store;

import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The claims of the uploaders of one process. Holds running uploads only, so it stays as small as their number. */
public final class LocalKeyClaims implements KeyClaims {

    private final ConcurrentMap<String, Claim> claims = new ConcurrentHashMap<>();

    @Override
    public boolean claim(String key, UUID refId) {
        Claim now = claims.compute(key, (k, held) -> {
            if (held == null) {
                return new Claim(refId, 1);
            }
            return held.refId.equals(refId) ? new Claim(refId, held.count + 1) : held;
        });
        return now.refId.equals(refId);
    }

    @Override
    public void release(String key, UUID refId) {
        claims.computeIfPresent(key, (k, held) -> {
            if (!held.refId.equals(refId)) {
                return held;
            }
            return held.count == 1 ? null : new Claim(refId, held.count - 1);
        });
    }

    private record Claim(UUID refId, int count) {}
}
