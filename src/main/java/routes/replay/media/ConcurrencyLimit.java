package routes.replay.media;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import routes.platform.NotReadyException;

/** Limits how many tasks run at once, since each takes memory outside of the heap. */
final class ConcurrencyLimit {

    private final String works;
    private final int most;
    private final Duration patience;
    private final Semaphore places;

    /**
     * @param works what is limited, for the message: {@code exports}
     * @param patience how long one more waits for a place
     */
    ConcurrencyLimit(String works, int most, Duration patience) {
        this.works = works;
        this.most = most;
        this.patience = patience;
        places = new Semaphore(most, true);
    }

    /** @throws NotReadyException no place became free */
    void enter() {
        try {
            if (!places.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new NotReadyException(most + " " + works + " are running already; try again later");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotReadyException("Interrupted while waiting for a place among the " + works);
        }
    }

    void leave() {
        places.release();
    }
}
