package routes.component.redisstream.stream;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Maintains a consumer's part of the group, every second: settles what could not be settled, shows that held entries
 * are being worked on, takes over what dead consumers left behind, finds own entries whose delivery was lost on the
 * way, and measures the group.
 */
public final class GroupKeeper implements WorkLoop.Work {

    private static final Logger LOG = LoggerFactory.getLogger(GroupKeeper.class);

    private static final Duration LONGEST_TURN_INTERVAL = Duration.ofSeconds(1);
    private static final Duration SAMPLE_INTERVAL = Duration.ofSeconds(15);

    /** An own entry idle for this long and not held here was lost on the way: no answer of Redis takes longer. */
    private static final Duration LOST_ON_THE_WAY = Duration.ofSeconds(10);

    private static final int PAGE = 100;

    private final StreamGroup group;
    private final RedisLink link;
    private final Gate gate;
    private final InFlight inFlight;
    private final Acknowledgements acknowledgements;
    private final StreamStatistics statistics;
    private final Clock clock;
    private final Duration claimMinIdle;
    private final Duration claimInterval;

    private volatile boolean prepared;
    private Instant nextHeartbeat = Instant.MIN;
    private Instant nextClaim = Instant.MIN;
    private Instant nextOwn = Instant.MIN;
    private Instant nextSample = Instant.MIN;

    public GroupKeeper(
            StreamGroup group,
            RedisLink link,
            Gate gate,
            InFlight inFlight,
            Acknowledgements acknowledgements,
            StreamStatistics statistics,
            Clock clock,
            Duration claimMinIdle,
            Duration claimInterval) {
        this.group = group;
        this.link = link;
        this.gate = gate;
        this.inFlight = inFlight;
        this.acknowledgements = acknowledgements;
        this.statistics = statistics;
        this.clock = clock;
        this.claimMinIdle = claimMinIdle;
        this.claimInterval = claimInterval;
    }

    /**
     * Called by every reader before it reads: creates the group where it is absent, and takes up entries that this
     * consumer held when its last process ended or when it was suspended. Only the first call does the work, while
     * the other readers wait: entries that a reader is just receiving would look as if they had been left behind.
     */
    synchronized void prepareOnce() {
        if (!prepared) {
            if (group.create()) {
                LOG.info("Created {}", group);
            }
            takeUpOwn(Duration.ZERO);
            prepared = true;
        }
    }

    /** To be called while the gate is shut and no reader reads: prepares again before the next read. */
    public void prepareAgain() {
        prepared = false;
    }

    @Override
    public boolean awaitTurn() throws InterruptedException {
        Duration shortest = heartbeatInterval().compareTo(claimInterval) < 0 ? heartbeatInterval() : claimInterval;
        return gate.pause(shortest.compareTo(LONGEST_TURN_INTERVAL) < 0 ? shortest : LONGEST_TURN_INTERVAL);
    }

    @Override
    public void turn() {
        if (!prepared) {
            return;
        }
        Instant now = clock.instant();
        if (!gate.isOpen()) {
            group.handOver(inFlight.releaseAllWaiting());
        }
        if (!now.isBefore(nextHeartbeat)) {
            heartbeat();
            nextHeartbeat = now.plus(heartbeatInterval());
        }
        if (gate.isOpen() && !now.isBefore(nextClaim)) {
            claim();
            nextClaim = now.plus(claimInterval);
        }
        if (gate.isOpen() && !now.isBefore(nextOwn)) {
            takeUpOwn(LOST_ON_THE_WAY);
            nextOwn = now.plus(LOST_ON_THE_WAY);
        }
        if (!now.isBefore(nextSample)) {
            statistics.sampled(group.sample(now));
            nextSample = now.plus(SAMPLE_INTERVAL);
        }
        acknowledgements.settleLeftovers();
    }

    /**
     * {@inheritDoc}
     *
     * <p>After an outage every entry looks idle, although its consumer may live: show first that ours are held, and
     * give the others time to do the same before claiming.
     */
    @Override
    public void reset() {
        link.drop();
        nextHeartbeat = Instant.MIN;
        nextClaim = clock.instant().plus(heartbeatInterval().plus(LOST_ON_THE_WAY));
    }

    private Duration heartbeatInterval() {
        return claimMinIdle.dividedBy(3);
    }

    private void heartbeat() {
        for (String id : group.keep(inFlight.held())) {
            if (inFlight.releaseWaiting(id)) {
                statistics.count(StreamOutcome.LOST);
            }
        }
    }

    private void claim() {
        String cursor = "0-0";
        int reserved;
        while ((reserved = inFlight.reserve(PAGE)) > 0) {
            int unused = reserved;
            try {
                StreamGroup.Claimed claimed = group.claim(claimMinIdle, reserved, cursor);
                unused -= holdClaimed(claimed.ids());
                if (claimed.last()) {
                    return;
                }
                cursor = claimed.cursor();
            } finally {
                inFlight.unreserve(unused);
            }
        }
    }

    private int holdClaimed(List<String> ids) {
        int held = 0;
        for (String id : ids) {
            if (inFlight.holdWaiting(id)) {
                statistics.count(StreamOutcome.CLAIMED);
                held++;
            }
        }
        return held;
    }

    private void takeUpOwn(Duration minIdle) {
        group.eachPending(minIdle, id -> {
            if (inFlight.reserve(1) == 1 && !inFlight.holdWaiting(id)) {
                inFlight.unreserve(1);
            }
        });
    }
}
