package routes.platform.cluster;

import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/** Leases for work that is done now and then: a timer fires in every process, and one does the work. */
public class Leases implements AutoCloseable {

    private final Function<String, LeaseKeeper> keepers;
    private final LeaseStore store;
    private final ScheduledExecutorService renewals;
    private final long renewMillis;

    Leases(Function<String, LeaseKeeper> keepers, LeaseStore store, LeaseProperties properties) {
        this.keepers = keepers;
        this.store = store;
        // Not a bean: an Executor among the beans would displace the one of Spring Boot that platform-http needs.
        this.renewals = Executors.newSingleThreadScheduledExecutor(Leases::daemon);
        this.renewMillis = properties.renew().toMillis();
    }

    /**
     * Runs the task if nobody else is at it. The lease is renewed while the task runs and released when it ends; a
     * long task asks {@link Lease#isValid} between its steps.
     *
     * @return false when another process, or another thread of this one, holds the lease
     */
    public boolean runExclusively(String name, Consumer<Lease> task) {
        LeaseKeeper keeper = keepers.apply(name);
        keeper.tick();
        Optional<Lease> lease = keeper.current();
        if (lease.isEmpty()) {
            return false;
        }
        ScheduledFuture<?> renewal =
                renewals.scheduleWithFixedDelay(() -> renew(keeper), renewMillis, renewMillis, TimeUnit.MILLISECONDS);
        try {
            task.accept(lease.get());
            return true;
        } finally {
            renewal.cancel(false);
            keeper.release();
        }
    }

    /**
     * Fails unless the lease is still its holder's. In a transaction it also keeps the lease from passing on until that
     * ends, so that what the transaction writes is written by the holder. Keep such transactions short: the lease
     * cannot be renewed meanwhile.
     *
     * @throws LeaseLostException when another process took it
     */
    public void confirm(Lease lease) {
        if (!store.confirm(lease)) {
            throw new LeaseLostException(lease);
        }
    }

    /** Only renews: a lease that is lost in mid-task is not taken again under the same task. */
    private static void renew(LeaseKeeper keeper) {
        if (keeper.current().isPresent()) {
            keeper.tick();
        }
    }

    @Override
    public void close() {
        renewals.shutdown();
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "lease-renewal");
        thread.setDaemon(true);
        return thread;
    }
}
