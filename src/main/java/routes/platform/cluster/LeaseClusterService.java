package routes.platform.cluster;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import org.apache.camel.support.cluster.AbstractCamelClusterService;

/**
 * Camel's cluster service on SQL leases: {@code from("master:imaging-purge:timer:…")} runs in one process at a time. A
 * namespace is the name of a lease.
 */
public class LeaseClusterService extends AbstractCamelClusterService<LeaseClusterView> {

    private final Function<String, LeaseKeeper> keepers;
    private final String selfId;
    private final Map<String, LeaseClusterView> viewsByName = new ConcurrentHashMap<>();

    LeaseClusterService(Function<String, LeaseKeeper> keepers, String selfId) {
        super("leases");
        this.keepers = keepers;
        this.selfId = selfId;
    }

    /** The lease of a {@code master:} namespace while this process leads it, for its fencing number. */
    public Optional<Lease> lease(String namespace) {
        return Optional.ofNullable(viewsByName.get(namespace)).flatMap(LeaseClusterView::lease);
    }

    @Override
    protected LeaseClusterView createView(String namespace) {
        LeaseClusterView view = new LeaseClusterView(this, namespace, keepers.apply(namespace), selfId);
        viewsByName.put(namespace, view);
        return view;
    }
}
