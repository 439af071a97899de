package routes.component.framestore;

import java.util.concurrent.ExecutorService;

import org.apache.camel.builder.ThreadPoolProfileBuilder;
import org.apache.camel.spi.ExecutorServiceManager;

/**
 * Runs completions one after the other, in order. After the stop they run on the thread that brings them, since an exchange
 * under way has to end, and an executor that was shut down drops what it is given without a word.
 */
final class CompletionThread {

    private final ExecutorServiceManager manager;
    private final ExecutorService thread;
    private boolean stopped;

    CompletionThread(ExecutorServiceManager manager, Object owner, String name) {
        this.manager = manager;
        // Camel's usual queue is bounded, and beyond its bound a task runs at once, ahead of the others. What waits
        // here is
        // bounded by those who append
        this.thread = manager.newThreadPool(
                owner,
                name,
                new ThreadPoolProfileBuilder(name)
                        .poolSize(1)
                        .maxPoolSize(1)
                        .maxQueueSize(Integer.MAX_VALUE)
                        .build());
    }

    void run(Runnable completion) {
        if (!queue(completion)) {
            completion.run();
        }
    }

    /** Does not wait: what is queued still runs. */
    synchronized void stop() {
        stopped = true;
        manager.shutdown(thread);
    }

    private synchronized boolean queue(Runnable completion) {
        if (!stopped) {
            thread.execute(completion);
        }
        return !stopped;
    }
}
