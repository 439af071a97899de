package routes.replay.ingress;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;

import routes.replay.protocol.RecentlyUsed;

/**
 * Senders of a version that is not accepted, which are not listened to for a while. Unlike the original's it tells
 * connections apart: a wrong sender does not silence a right one that has the same topic. Not thread-safe.
 */
final class VersionBlacklist {

    static final int CAPACITY = 1024;
    static final Duration PENALTY = Duration.ofSeconds(10);

    private final Clock clock;
    /** The Unix second at which each penalty is over. */
    private final Map<Sender, Long> ends = new RecentlyUsed<>(CAPACITY);

    VersionBlacklist(Clock clock) {
        this.clock = clock;
    }

    void add(Sender sender) {
        ends.put(sender, now() + PENALTY.toSeconds());
    }

    boolean contains(Sender sender) {
        Long end = ends.get(sender);
        if (end == null) {
            return false;
        }
        if (end <= now()) {
            ends.remove(sender);
            return false;
        }
        return true;
    }

    private long now() {
        return clock.instant().getEpochSecond();
    }
}
