package routes.replay.job.stream;

import java.util.concurrent.atomic.AtomicInteger;

/** How many jobs are reading, and so hold entries ready. */
public final class ReadingJobs {

    private final AtomicInteger count = new AtomicInteger();

    void enter() {
        count.incrementAndGet();
    }

    void leave() {
        count.decrementAndGet();
    }

    int count() {
        return count.get();
    }
}
