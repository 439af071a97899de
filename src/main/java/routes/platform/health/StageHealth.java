package routes.platform.health;

import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.health.CompositeHealthContributor;
import org.springframework.boot.actuate.health.HealthContributor;
import org.springframework.boot.actuate.health.NamedContributor;
import org.springframework.stereotype.Component;

/**
 * The health of every stage of every workflow, at {@code /actuator/health/stages/<workflow>/<stage>}.
 *
 * <p>A route belongs to the workflow that is its group and to the stage whose switch decides whether it starts
 * ({@link RouteDetails}); a route without a switch belongs to stage {@value #OTHER}. Routes come and go at run time, so the
 * stages are looked up at each request.
 */
@Component("stages")
class StageHealth implements CompositeHealthContributor {

    private static final String OTHER = "other";

    /** Stage of the routes that Camel makes from a contract: those of the platform have no switch. */
    private static final String API = "api";

    private final CamelContext camel;
    private final RouteProgress progress;

    StageHealth(CamelContext camel, RouteProgress progress) {
        this.camel = camel;
        this.progress = progress;
    }

    @Override
    public @Nullable HealthContributor getContributor(String name) {
        return workflows().get(name);
    }

    @Override
    public Iterator<NamedContributor<HealthContributor>> iterator() {
        return workflows().entrySet().stream()
                .map(workflow -> NamedContributor.of(workflow.getKey(), workflow.getValue()))
                .iterator();
    }

    private Map<String, HealthContributor> workflows() {
        Map<String, Map<String, List<Route>>> routes = camel.getRoutes().stream()
                .sorted(Comparator.comparing(Route::getRouteId))
                .collect(Collectors.groupingBy(
                        StageHealth::workflowOf,
                        TreeMap::new,
                        Collectors.groupingBy(StageHealth::stageOf, TreeMap::new, Collectors.toList())));
        Map<String, HealthContributor> workflows = new LinkedHashMap<>();
        routes.forEach((workflow, stages) -> workflows.put(workflow, workflow(stages)));
        return workflows;
    }

    private HealthContributor workflow(Map<String, List<Route>> stages) {
        Map<String, HealthContributor> indicators = new LinkedHashMap<>();
        stages.forEach((stage, routes) -> indicators.put(stage, new StageHealthIndicator(camel, progress, routes)));
        return CompositeHealthContributor.fromMap(indicators);
    }

    private static String workflowOf(Route route) {
        return route.getGroup() == null ? RouteDetails.workflowOf(route.getRouteId()) : route.getGroup();
    }

    private static String stageOf(Route route) {
        return RouteDetails.stageOf(route).orElse(route.isCreatedByRestDsl() ? API : OTHER);
    }
}
