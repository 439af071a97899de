package routes.component.framestore;

import java.util.Map;

import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;
import routes.component.framestore.api.FrameStore;

/** DOWN while a store takes nothing in: full, or failing. What it has can be read all the same. */
final class FrameStoreHealthCheck extends AbstractHealthCheck {

    private final String name;
    private final FrameStore store;

    FrameStoreHealthCheck(String name, FrameStore store) {
        super("camel", "frame-store:" + name);
        this.name = name;
        this.store = store;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        builder.detail("store", name);
        store.condition()
                .trouble()
                .ifPresentOrElse(reason -> builder.message(reason).down(), builder::up);
    }
}
