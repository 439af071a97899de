package routes.component.zeromq;

import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** DOWN while a socket is not open, an address being in use, say, or while ZeroMQ's threads hang. A missing peer is no reason, since it may still come. */
final class ZeroMqHealthCheck extends AbstractHealthCheck {

    private final String socket;
    private final Supplier<Optional<String>> trouble;

    ZeroMqHealthCheck(String id, String socket, Supplier<Optional<String>> trouble) {
        super("camel", id);
        this.socket = socket;
        this.trouble = trouble;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        builder.detail("socket", socket);
        trouble.get().ifPresentOrElse(reason -> builder.message(reason).down(), builder::up);
    }
}
