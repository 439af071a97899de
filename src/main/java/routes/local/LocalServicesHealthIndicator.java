package routes.local;

import java.util.Optional;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.health.AbstractHealthIndicator;
import org.springframework.boot.actuate.health.Health;
import org.springframework.stereotype.Component;

/** Down, with the reason, while a local server is down. */
@Component
final class LocalServicesHealthIndicator extends AbstractHealthIndicator {

    private final ObjectProvider<LocalServices> services;

    LocalServicesHealthIndicator(ObjectProvider<LocalServices> services) {
        super("The local services could not be checked");
        this.services = services;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        builder.up();
        services.ifAvailable(running -> running.servers().forEach(server -> add(server, builder)));
    }

    private static void add(LocalServer server, Health.Builder builder) {
        Optional<String> trouble = server.trouble();
        builder.withDetail(server.service().id(), trouble.orElseGet(server::address));
        trouble.ifPresent(reason -> builder.down());
    }
}
