package routes.component.redisstream.stream;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.lettuce.core.RedisException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells Redis how entries ended: acknowledged or dead. While Redis cannot be reached these results are kept, so that
 * finished work is not repeated when Redis is back; an entry is held until Redis knows its result.
 */
public final class Acknowledgements {

    private static final Logger LOG = LoggerFactory.getLogger(Acknowledgements.class);

    private final StreamGroup group;
    private final InFlight inFlight;
    private final StreamStatistics statistics;
    private final Clock clock;
    private final Map<String, Ending> unsettled = new ConcurrentHashMap<>();
    private final AtomicInteger underway = new AtomicInteger();

    public Acknowledgements(StreamGroup group, InFlight inFlight, StreamStatistics statistics, Clock clock) {
        this.group = group;
        this.inFlight = inFlight;
        this.statistics = statistics;
        this.clock = clock;
    }

    /** The entry was processed. Returns before Redis has answered. */
    public void acknowledge(String id) {
        settle(id, Ending.ACKNOWLEDGED);
    }

    /** The entry will never be processed. */
    public void bury(String id, String reason, long deliveries) {
        settle(id, new Ending(reason, deliveries));
    }

    /**
     * Sends the results again that Redis does not know yet.
     *
     * @throws RedisException they still cannot be sent, and are kept for the next time
     */
    public void settleLeftovers() {
        for (Map.Entry<String, Ending> leftover : Map.copyOf(unsettled).entrySet()) {
            if (unsettled.remove(leftover.getKey(), leftover.getValue())) {
                settleAgain(leftover.getKey(), leftover.getValue());
            }
        }
    }

    /** Waits until Redis has answered everything that was sent. False when that took too long. */
    public boolean awaitAnswers(Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        synchronized (underway) {
            while (underway.get() > 0) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0) {
                    return false;
                }
                underway.wait(left);
            }
        }
        return true;
    }

    public int unsettled() {
        return unsettled.size();
    }

    private void settle(String id, Ending ending) {
        try {
            tell(id, ending);
        } catch (RedisException e) {
            keep(id, ending, e);
        }
    }

    private void settleAgain(String id, Ending ending) {
        try {
            tell(id, ending);
        } catch (RedisException e) {
            keep(id, ending, e);
            throw e;
        }
    }

    private void tell(String id, Ending ending) {
        if (ending.reason() == null) {
            sendAcknowledgement(id);
        } else {
            buryNow(id, ending.reason(), ending.deliveries());
        }
    }

    private void sendAcknowledgement(String id) {
        underway.incrementAndGet();
        try {
            group.acknowledge(id).whenComplete((wasPending, failure) -> {
                if (failure == null) {
                    statistics.count(wasPending ? StreamOutcome.ACKED : StreamOutcome.DUPLICATE);
                    inFlight.release(id);
                } else {
                    keep(id, Ending.ACKNOWLEDGED, failure);
                }
                answered();
            });
        } catch (RedisException e) {
            answered();
            throw e;
        }
    }

    private void buryNow(String id, String reason, long times) {
        StreamGroup.Buried buried = group.bury(id, reason, times, clock.instant());
        switch (buried) {
            case MOVED -> statistics.count(StreamOutcome.DEAD);
            case GONE -> statistics.count(StreamOutcome.DUPLICATE);
            case DELETED -> statistics.count(StreamOutcome.DELETED);
        }
        LOG.warn("Entry {} of {} is dead ({}): {}", id, group, buried, reason);
        inFlight.release(id);
    }

    private void keep(String id, Ending ending, Throwable failure) {
        LOG.debug("Entry {} of {} cannot be settled yet", id, group, failure);
        unsettled.put(id, ending);
    }

    private void answered() {
        synchronized (underway) {
            underway.decrementAndGet();
            underway.notifyAll();
        }
    }

    /** @param reason why the entry is dead; null when it was processed */
    private record Ending(@Nullable String reason, long deliveries) {
        static final Ending ACKNOWLEDGED = new Ending(null, 0);
    }
}
