package routes.platform.health;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckRegistry;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.Status;

/**
 * The health of one stage: {@code DOWN} when a route that should run does not, when its consumer says it cannot work, or
 * when none of its messages gets through, with the route and the reason; {@code DISABLED} when its key switches it off.
 */
class StageHealthIndicator implements HealthIndicator {

    private static final Status DISABLED = new Status("DISABLED", "switched off by its key");

    private final CamelContext camel;
    private final RouteProgress progress;
    private final List<Route> routes;

    StageHealthIndicator(CamelContext camel, RouteProgress progress, List<Route> routes) {
        this.camel = camel;
        this.progress = progress;
        this.routes = routes;
    }

    @Override
    public Health health() {
        if (routes.stream().noneMatch(this::shouldRun)) {
            return Health.status(DISABLED).build();
        }
        Map<String, String> reasons = new LinkedHashMap<>();
        for (Route route : routes) {
            reasonForDown(route).ifPresent(reason -> reasons.put(route.getRouteId(), reason));
        }
        if (!reasons.isEmpty()) {
            return Health.down().withDetails(reasons).build();
        }
        return Health.up().build();
    }

    private Optional<String> reasonForDown(Route route) {
        ServiceStatus status = statusOf(route);
        if (!shouldRun(route) || status == ServiceStatus.Starting) {
            return Optional.empty();
        }
        if (status != ServiceStatus.Started) {
            return Optional.of("route is " + status + lastErrorOf(route));
        }
        return consumerFailure(route).or(() -> progress.trouble(route.getRouteId()));
    }

    /** A route that its key switched off counts again once an operator has started it. */
    private boolean shouldRun(Route route) {
        return isSwitchedOn(route) || statusOf(route) == ServiceStatus.Started;
    }

    /**
     * The supervising controller clears the flag of a route that it supervises; its supervision shows that the route
     * should run.
     */
    private static boolean isSwitchedOn(Route route) {
        return route.isAutoStartup()
                || route.getRouteController() != null
                || Boolean.TRUE.equals(route.getProperties().get(Route.SUPERVISED));
    }

    private ServiceStatus statusOf(Route route) {
        return camel.getRouteController().getRouteStatus(route.getRouteId());
    }

    private static String lastErrorOf(Route route) {
        return Optional.ofNullable(route.getLastError())
                .map(error -> error.getException())
                .map(error -> ", last error: " + error)
                .orElse("");
    }

    private Optional<String> consumerFailure(Route route) {
        String id = "consumer:" + route.getRouteId();
        return Optional.ofNullable(HealthCheckRegistry.get(camel))
                .flatMap(registry -> registry.getRepository("consumers"))
                .flatMap(consumers -> consumers.stream()
                        .filter(check -> id.equals(check.getId()))
                        .findFirst())
                .map(HealthCheck::call)
                .filter(result -> result.getState() == HealthCheck.State.DOWN)
                .map(result -> result.getMessage()
                        .or(() -> result.getError().map(Throwable::toString))
                        .orElse("consumer is down"));
    }
}
