package routes.component.redisstream.stream;

import java.time.Duration;

/** Pauses between attempts to reach Redis: 1 s, doubling up to 30 s. For one thread. */
final class BackOff {

    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private Duration next = FIRST;

    Duration next() {
        Duration pause = next;
        next = pause.multipliedBy(2).compareTo(LONGEST) < 0 ? pause.multipliedBy(2) : LONGEST;
        return pause;
    }

    void reset() {
        next = FIRST;
    }
}
