package routes.component.framestore;

import java.util.concurrent.TimeUnit;

import routes.component.framestore.api.FrameStore;

/** The bytes of expired entries that are still in a store, measured at most once a minute. */
final class ExpiredBytes {

    private static final long MOST_AGE = TimeUnit.MINUTES.toNanos(1);

    private long bytes = -1;
    private long since;

    synchronized double of(FrameStore store) {
        if (bytes < 0 || System.nanoTime() - since > MOST_AGE) {
            bytes = store.expiredBytes();
            since = System.nanoTime();
        }
        return bytes;
    }
}
