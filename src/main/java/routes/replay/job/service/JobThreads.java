package routes.replay.job.service;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The few threads that all jobs share. */
final class JobThreads implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(JobThreads.class);
    private static final int PATIENCE_SECONDS = 10;

    private final ScheduledExecutorService threads;

    JobThreads(int count, ThreadFactory factory) {
        ScheduledThreadPoolExecutor pool = new ScheduledThreadPoolExecutor(count, factory);
        pool.setRemoveOnCancelPolicy(true);
        pool.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        this.threads = pool;
    }

    void execute(Runnable turn) {
        schedule(turn, 0);
    }

    /** @return cancels it */
    Runnable schedule(Runnable turn, long delayNanos) {
        try {
            var scheduled = threads.schedule(turn, delayNanos, TimeUnit.NANOSECONDS);
            return () -> scheduled.cancel(false);
        } catch (RejectedExecutionException e) {
            LOG.debug("The jobs are stopping, a turn is left out");
            return () -> {};
        }
    }

    /** Lets turns end that are under way, and begins no other. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("A replay job is still busy {} s after the stop; it is left behind", PATIENCE_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
