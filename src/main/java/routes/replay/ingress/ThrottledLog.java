package routes.replay.ingress;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/** Writes a line to the log at most every ten seconds, so that nobody can flood it, and says how many were left out. */
final class ThrottledLog {

    static final Duration PAUSE = Duration.ofSeconds(10);

    private final Clock clock;
    private Instant next = Instant.MIN;
    private long leftOut;

    ThrottledLog(Clock clock) {
        this.clock = clock;
    }

    /** @param line writes the line, and ends it with the text that it is given */
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
