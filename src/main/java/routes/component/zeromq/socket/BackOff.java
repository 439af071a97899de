package routes.component.zeromq.socket;

import java.time.Duration;

/** Pauses between attempts to open a socket, doubling up to a limit. For one thread. */
final class BackOff {

    private final Duration first;
    private final Duration longest;
    private Duration next;

    BackOff(Duration first, Duration longest) {
        this.first = first;
        this.longest = longest;
        this.next = first;
    }

    Duration next() {
        Duration pause = next;
        next = pause.multipliedBy(2).compareTo(longest) < 0 ? pause.multipliedBy(2) : longest;
        return pause;
    }

    void reset() {
        next = first;
    }
}
