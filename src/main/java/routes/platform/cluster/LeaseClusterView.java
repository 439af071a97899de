package routes.platform.cluster;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.apache.camel.CamelContext;
import org.apache.camel.cluster.CamelClusterEventListener;
import org.apache.camel.cluster.CamelClusterMember;
import org.apache.camel.cluster.CamelClusterService;
import org.apache.camel.cluster.CamelClusterView;
import org.apache.camel.support.service.ServiceSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One lease as Camel sees it: the member that holds it is the leader of the namespace.
 *
 * <p>Not a subclass of {@code AbstractCamelClusterView}: that calls its listeners under a lock which {@code
 * MasterConsumer} also takes while it stops, and the two can wait for each other.
 */
final class LeaseClusterView extends ServiceSupport implements CamelClusterView {

    private static final Logger LOG = LoggerFactory.getLogger(LeaseClusterView.class);
    private static final long WATCH_MILLIS = 500;

    private final LeaseClusterService service;
    private final String namespace;
    private final LeaseKeeper keeper;
    private final CamelClusterMember self;
    private final List<CamelClusterEventListener.Leadership> listeners = new CopyOnWriteArrayList<>();
    private @Nullable CamelContext camel;
    private @Nullable ScheduledExecutorService threads;
    private boolean announcedLeader;

    LeaseClusterView(LeaseClusterService service, String namespace, LeaseKeeper keeper, String selfId) {
        this.service = service;
        this.namespace = namespace;
        this.keeper = keeper;
        this.self = new Member(selfId);
    }

    /**
     * Two threads: while one may hang in the database, the other notices that the lease is about to end and steps
     * down.
     */
    @Override
    protected void doStart() {
        threads = camel.getExecutorServiceManager().newScheduledThreadPool(this, "Lease-" + namespace, 2);
        ScheduledExecutorService started = threads;
        started.execute(() -> tick(started));
        threads.scheduleWithFixedDelay(this::announce, WATCH_MILLIS, WATCH_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    protected void doStop() {
        // Not shutdownNow: an interrupt during a statement would make H2 close its file.
        camel.getExecutorServiceManager().shutdown(threads);
        keeper.release();
        announce();
    }

    private void tick(ScheduledExecutorService scheduler) {
        if (scheduler.isShutdown()) {
            return;
        }
        long next = keeper.tick().toMillis();
        announce();
        if (!scheduler.isShutdown()) {
            scheduler.schedule(() -> tick(scheduler), next, TimeUnit.MILLISECONDS);
        }
    }

    private synchronized void announce() {
        boolean leader = keeper.current().isPresent();
        if (leader != announcedLeader) {
            announcedLeader = leader;
            CamelClusterMember member = getLeader().orElse(null);
            listeners.forEach(listener -> tell(listener, member));
        }
    }

    private void tell(CamelClusterEventListener.Leadership listener, @Nullable CamelClusterMember leader) {
        try {
            listener.leadershipChanged(this, leader);
        } catch (RuntimeException e) {
            // One listener's failure must not keep the others from stepping down.
            LOG.error("A listener of lease {} failed on a change of its holder", namespace, e);
        }
    }

    @Override
    public void addEventListener(CamelClusterEventListener listener) {
        if (listener instanceof CamelClusterEventListener.Leadership leadership) {
            listeners.add(leadership);
            if (isRunAllowed()) {
                leadership.leadershipChanged(this, getLeader().orElse(null));
            }
        }
    }

    @Override
    public void removeEventListener(CamelClusterEventListener listener) {
        listeners.removeIf(known -> known == listener);
    }

    @Override
    public CamelClusterService getClusterService() {
        return service;
    }

    @Override
    public String getNamespace() {
        return namespace;
    }

    /** Known only when it is this process; the health details show other holders, which are not worth a query here. */
    @Override
    public Optional<CamelClusterMember> getLeader() {
        return self.isLeader() ? Optional.of(self) : Optional.empty();
    }

    @Override
    public CamelClusterMember getLocalMember() {
        return self;
    }

    @Override
    public List<CamelClusterMember> getMembers() {
        return List.of(self);
    }

    @Override
    public void setCamelContext(@Nullable CamelContext camelContext) {
        camel = camelContext;
    }

    @Override
    public @Nullable CamelContext getCamelContext() {
        return camel;
    }

    private final class Member implements CamelClusterMember {

        private final String id;

        Member(String id) {
            this.id = id;
        }

        @Override
        public boolean isLeader() {
            return keeper.current().isPresent();
        }

        @Override
        public boolean isLocal() {
            return true;
        }

        @Override
        public String getId() {
            return id;
        }
    }
}
