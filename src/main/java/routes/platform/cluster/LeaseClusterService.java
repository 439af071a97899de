package routes.platform.cluster;

import java.util.function.Function;

import org.apache.camel.support.cluster.AbstractCamelClusterService;

/**
 * Camel's cluster service on SQL leases: {@code from("master:imaging-purge:timer:…")} runs in one process at a time. A
 * namespace is the name of a lease.
 */
public class LeaseClusterService extends AbstractCamelClusterService<LeaseClusterView> {

    private final Function<String, LeaseKeeper> keepers;
    private final String selfId;

    LeaseClusterService(Function<String, LeaseKeeper> keepers, String selfId) {
        super("leases");
        this.keepers = keepers;
        this.selfId = selfId;
    }

    @Override
    protected LeaseClusterView createView(String namespace) {
        return new LeaseClusterView(this, namespace, keepers.apply(namespace), selfId);
    }
}
