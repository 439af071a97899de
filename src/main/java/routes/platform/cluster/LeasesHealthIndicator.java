package routes.platform.cluster;

import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.boot.actuate.health.AbstractHealthIndicator;
import org.springframework.boot.actuate.health.Health;

/** Shows who holds which lease. Holding none is healthy: another process does the work. */
final class LeasesHealthIndicator extends AbstractHealthIndicator {

    private final LeaseStore store;

    LeasesHealthIndicator(LeaseStore store) {
        super("The leases cannot be read from the database");
        this.store = store;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        health.up();
        store.holders().forEach(holder -> health.withDetail(holder.name(), describe(holder)));
    }

    private Map<String, Object> describe(LeaseStore.Holder holder) {
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("holder", holder.held() ? holder.process() : "none");
        detail.put("here", holder.held() && holder.process().equals(store.self().toString()));
        detail.put("fence", holder.fence());
        return detail;
    }
}
