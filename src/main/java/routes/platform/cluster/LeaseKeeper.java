package routes.platform.cluster;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Acquires one lease and keeps it. {@link #tick} does what is due; {@link #current} answers at any time from any
 * thread without asking the database.
 */
final class LeaseKeeper {

    private static final Logger LOG = LoggerFactory.getLogger(LeaseKeeper.class);

    private final String name;
    private final LeaseStore store;
    private final LeaseProperties properties;
    private final Clock clock;
    private final LongSupplier nanoTime;

    private LeaseStore.@Nullable Held held;
    private volatile @Nullable Lease lease;

    LeaseKeeper(String name, LeaseStore store, LeaseProperties properties, Clock clock, LongSupplier nanoTime) {
        this.name = name;
        this.store = store;
        this.properties = properties;
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    /** The lease, while it is held. */
    Optional<Lease> current() {
        return Optional.ofNullable(lease).filter(Lease::isValid);
    }

    /**
     * Renews the lease or tries to get it.
     *
     * @return when to call again
     */
    synchronized Duration tick() {
        Instant asked = clock.instant();
        long askedNanos = nanoTime.getAsLong();
        try {
            Lease kept = current().isPresent() ? renewed() : acquired();
            if (kept != null) {
                kept.validFor(properties.duration().minus(properties.margin()), asked, askedNanos);
                lease = kept;
                return properties.renew();
            }
        } catch (RuntimeException e) {
            // Whatever the reason, the schedule must go on; the lease ends by itself.
            LOG.warn(
                    "Lease {} could not be {}; next try in {}: {}",
                    name,
                    current().isPresent() ? "renewed" : "asked for",
                    properties.poll(),
                    e.getMessage());
        }
        return properties.poll();
    }

    /** Lets whoever asks next have it. */
    synchronized void release() {
        // A lease that has ended may belong to another thread by now, which the database sees as the same holder.
        LeaseStore.Held last = current().isPresent() ? held : null;
        forget();
        if (last != null) {
            try {
                store.release(last);
                LOG.info("Lease {} released", name);
            } catch (DataAccessException | TransactionException e) {
                LOG.warn("Lease {} could not be released and runs out by itself: {}", name, e.getMessage());
            }
        }
    }

    private @Nullable Lease renewed() {
        held = store.renew(held).orElse(null);
        if (held == null) {
            LOG.warn("Lease {} is lost: it ran out before it was renewed", name);
            forget();
            return null;
        }
        return lease;
    }

    private @Nullable Lease acquired() {
        // A lease that was not renewed in time counts as lost even if nobody else has taken it: the routes have
        // stopped.
        forget();
        held = store.acquire(name).orElse(null);
        if (held == null) {
            return null;
        }
        LOG.info("Lease {} taken, fence {}", name, held.fence());
        return new Lease(name, held.fence(), clock, nanoTime);
    }

    private void forget() {
        Lease last = lease;
        if (last != null) {
            last.end();
        }
        lease = null;
        held = null;
    }
}
