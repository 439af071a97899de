package routes.component.framestore.rocksdb;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Decides which entries are still served: those below their age limit, whatever is on the disk, and those that are held. */
final class Retention {

    private final Duration storeTtl;
    private final Holds holds;
    private final Clock clock;

    Retention(Duration storeTtl, Holds holds, Clock clock) {
        this.storeTtl = storeTtl;
        this.holds = holds;
        this.clock = clock;
    }

    boolean isServed(SourceState source, long index, Instant arrival) {
        return cutoff(source).map(arrival::isAfter).orElse(true)
                || holds.on(source.sourceId(), index, index).isPresent();
    }

    /**
     * What arrived then or earlier is expired. Empty where nothing expires. With a clock that was set back, entries
     * from what is now the future live longer, never shorter.
     */
    Optional<Instant> cutoff(SourceState source) {
        Duration own = source.limits().ttl();
        Duration ttl = own == null ? storeTtl : own;
        return ttl.isZero() ? Optional.empty() : Optional.of(clock.instant().minus(ttl));
    }
}
