package routes.replay.ingress;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/** Lets a line into the log now and then, so that a sender cannot flood it, and says how many were left out. */
final class ThrottledLog {

    static final Duration PAUSE = Duration.ofSeconds(10);

    private final Clock clock;
    private Instant next = Instant.MIN;
    private long leftOut;

    ThrottledLog(Clock clock) {
        this.clock = clock;
    }

    /** @param line takes what to add to the line, often nothing */
    void report(Consumer<String> line) {
        long before;
        synchronized (this) {
            Instant now = clock.instant();
            if (now.isBefore(next)) {
                leftOut++;
                return;
            }
            next = now.plus(PAUSE);
            before = leftOut;
            leftOut = 0;
        }
        line.accept(before == 0 ? "" : " (and " + before + " more like this since the last line)");
    }
}
