package routes.component.framestore;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.component.framestore.api.FrameStore;
import routes.component.framestore.api.FrameStoreOptions;

/** A store as the endpoints of a context share it, with the thread that sweeps it. */
final class SharedStore {

    private static final Logger LOG = LoggerFactory.getLogger(SharedStore.class);
    private static final long PATIENCE_SECONDS = 3;

    private final FrameStoreOptions options;
    private final FrameStore store;
    private final ScheduledExecutorService sweeper;

    SharedStore(FrameStoreOptions options, FrameStore store, ScheduledExecutorService sweeper) {
        this.options = options;
        this.store = store;
        this.sweeper = sweeper;
    }

    FrameStoreOptions options() {
        return options;
    }

    FrameStore store() {
        return store;
    }

    void sweepEvery(long interval, TimeUnit unit) {
        sweeper.scheduleWithFixedDelay(this::sweep, interval, interval, unit);
    }

    /** Waits for a sweep that is under way. */
    void close() {
        sweeper.shutdown();
        try {
            if (!sweeper.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                LOG.info("The frame store {} is still removing what expired; waiting for it", options.name());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        store.close();
    }

    private void sweep() {
        try {
            store.sweep();
        } catch (RuntimeException e) {
            LOG.warn("Expired entries of frame store {} could not be removed; tried again later", options.name(), e);
        }
    }
}
