package routes.component.redisstream.stream;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/**
 * When a failed entry is tried again, and when it is given up.
 *
 * @param delays pause after the first, second, … failure; the last one repeats; at least one
 * @param jitter part of the delay, 0 to 1, by which it is varied at random either way
 * @param maxDeliveries deliveries after which the entry is dead; 0 for no limit
 * @param deadAfter age of the entry at which a failure makes it dead; zero for no limit
 */
public record RetryPolicy(List<Duration> delays, double jitter, long maxDeliveries, Duration deadAfter) {

    public RetryPolicy {
        delays = List.copyOf(delays);
        if (delays.isEmpty()) {
            throw new IllegalArgumentException("retryDelays needs at least one duration, such as 10s");
        }
        if (jitter < 0 || jitter > 1) {
            throw new IllegalArgumentException("retryJitter must be between 0 and 1, but is " + jitter);
        }
    }

    /** Why an entry that has just failed is given up; empty while it may be tried again. */
    public Optional<String> givenUp(long deliveries, Duration age) {
        if (maxDeliveries > 0 && deliveries >= maxDeliveries) {
            return Optional.of("gave up after " + deliveries + " deliveries");
        }
        if (!deadAfter.isZero() && age.compareTo(deadAfter) >= 0) {
            return Optional.of("gave up after " + age.toSeconds() + " s and " + deliveries + " deliveries");
        }
        return Optional.empty();
    }

    /** Whether the entry had all its deliveries before this one, because a process died in the last of them. */
    boolean exceeded(long deliveries) {
        return maxDeliveries > 0 && deliveries > maxDeliveries;
    }

    /** @param random gives numbers from 0 (inclusive) to 1 (exclusive) */
    public Duration delayAfter(long deliveries, DoubleSupplier random) {
        int index = (int) Math.min(Math.max(deliveries, 1), delays.size()) - 1;
        double factor = 1 + jitter * (2 * random.getAsDouble() - 1);
        return Duration.ofMillis(Math.round(delays.get(index).toMillis() * factor));
    }
}
