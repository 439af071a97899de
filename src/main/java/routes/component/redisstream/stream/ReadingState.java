package routes.component.redisstream.stream;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Whether each thread of a consumer can do its work, for the health check, and when a trouble is worth a report: at its
 * beginning and then every five minutes, however many threads meet it and however often.
 */
public final class ReadingState {

    private static final Duration REMINDER = Duration.ofMinutes(5);

    private final Clock clock;
    private final Map<String, String> troubles = new TreeMap<>();
    private final Map<String, String> deaths = new TreeMap<>();
    private String reported = "";
    private Instant reportedAt = Instant.EPOCH;

    public ReadingState(Clock clock) {
        this.clock = clock;
    }

    /** The thread did its work. True when this ends a trouble that all threads had been through. */
    synchronized boolean works(String thread) {
        boolean ended = troubles.remove(thread) != null && troubles.isEmpty();
        if (ended) {
            reported = "";
            reportedAt = Instant.EPOCH;
        }
        return ended;
    }

    /** The thread could not do its work and will try again. True when this should be reported. */
    synchronized boolean fails(String thread, String reason) {
        troubles.put(thread, reason);
        Instant now = clock.instant();
        boolean news = !reason.equals(reported) && reported.isEmpty();
        if (news || Duration.between(reportedAt, now).compareTo(REMINDER) >= 0) {
            reported = reason;
            reportedAt = now;
            return true;
        }
        return false;
    }

    /** The thread ended although it should not have. */
    synchronized void died(String thread, String reason) {
        deaths.put(thread, reason);
    }

    /** What is wrong; empty when all is well. */
    public synchronized Optional<String> trouble() {
        if (!deaths.isEmpty()) {
            return Optional.of("its thread ended: " + deaths);
        }
        return troubles.values().stream().findFirst();
    }
}
