package routes.component.framestore;

import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import org.apache.camel.Endpoint;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.HealthCheckComponent;
import routes.component.framestore.api.FrameStore;
import routes.component.framestore.rocksdb.RocksFrameStore;

/** Recorded streams: append, read again, find keyframes. */
@Component("frame-store")
public class FrameStoreComponent extends HealthCheckComponent {

    @Metadata
    private FrameStoreConfiguration configuration = new FrameStoreConfiguration();

    private final Map<String, SharedStore> stores = new ConcurrentHashMap<>();
    private final Set<FrameStoreHealthCheck> healthChecks = ConcurrentHashMap.newKeySet();

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        requirePlainName(remaining);
        FrameStoreConfiguration copy = configuration.copy();
        copy.setName(remaining);
        FrameStoreEndpoint endpoint = new FrameStoreEndpoint(uri, this, copy);
        setProperties(endpoint, parameters);
        return endpoint;
    }

    public FrameStoreConfiguration getConfiguration() {
        return configuration;
    }

    /** Options that all endpoints begin with. */
    public void setConfiguration(FrameStoreConfiguration configuration) {
        this.configuration = configuration;
    }

    /**
     * Returns the store of a name, with the component's options, and opens it if it is not open. The component closes it.
     */
    public FrameStore store(String name) {
        requirePlainName(name);
        SharedStore open = stores.get(name);
        if (open != null) {
            return open.store();
        }
        FrameStoreConfiguration copy = configuration.copy();
        copy.setName(name);
        return store(copy);
    }

    /** @throws IllegalArgumentException the store is open with other options */
    FrameStore store(FrameStoreConfiguration options) {
        SharedStore shared = stores.computeIfAbsent(options.getName(), name -> open(options));
        if (!shared.options().equals(options.storeOptions())) {
            throw new IllegalArgumentException("The frame store " + options.getName()
                    + " is open with other options: set those of the store once, on the component");
        }
        return shared.store();
    }

    /** Camel stops its components after the routes, so nobody reads or appends any more. */
    @Override
    protected void doStop() throws Exception {
        HealthCheckRegistry registry = HealthCheckRegistry.get(getCamelContext());
        if (registry != null) {
            healthChecks.forEach(registry::unregister);
        }
        healthChecks.clear();
        stores.values().forEach(SharedStore::close);
        stores.clear();
        super.doStop();
    }

    private SharedStore open(FrameStoreConfiguration options) {
        StoreMeters meters = StoreMeters.find(getCamelContext(), options.getName());
        FrameStore store = new RocksFrameStore(
                options.storeOptions(),
                Clock.systemUTC(),
                work -> getCamelContext()
                        .getExecutorServiceManager()
                        .newThread("FrameStore[" + options.getName() + "] writer", work),
                meters);
        meters.watch(store);
        SharedStore shared = new SharedStore(
                options.storeOptions(),
                store,
                getCamelContext()
                        .getExecutorServiceManager()
                        .newSingleThreadScheduledExecutor(this, "FrameStore[" + options.getName() + "] sweeper"));
        registerHealthCheck(options.getName(), store);
        shared.sweepEvery(options.getSweepInterval(), TimeUnit.MILLISECONDS);
        return shared;
    }

    private void registerHealthCheck(String name, FrameStore store) {
        HealthCheckRegistry registry = HealthCheckRegistry.get(getCamelContext());
        if (registry != null) {
            FrameStoreHealthCheck check = new FrameStoreHealthCheck(name, store);
            check.setEnabled(isHealthCheckProducerEnabled());
            registry.register(check);
            healthChecks.add(check);
        }
    }

    /** The name becomes that of a folder, which must lie where it is expected. */
    private static void requirePlainName(String name) {
        if (!name.matches("[A-Za-z0-9_][A-Za-z0-9_.-]*")) {
            throw new IllegalArgumentException("A frame-store endpoint needs the name of its store, of letters, digits,"
                    + " '_', '-' and '.': frame-store:<name>, not '" + name + "'");
        }
    }
}
