package routes.platform.health;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.apache.camel.Route;
import org.apache.camel.model.ModelLifecycleStrategySupport;
import org.apache.camel.model.RouteDefinition;
import org.springframework.stereotype.Component;

/**
 * Derives where a route belongs, for routes in Java and in YAML alike. Its group is the workflow, the first word of its
 * id {@code <workflow>-<verb>-<noun>}. Its stage is the one whose switch {@code {{<workflow>.<stage>.enabled}}} is its
 * {@code autoStartup}; it is kept as a property of the route, since Camel replaces the key by its value.
 */
@Component
class RouteStages extends ModelLifecycleStrategySupport {

    private static final String STAGE = "stage";

    private static final Pattern SWITCH = Pattern.compile("\\{\\{[a-z-]+\\.([a-z-]+)\\.enabled}}");

    @Override
    public void onAddRouteDefinition(RouteDefinition route) {
        if (route.getGroup() == null && route.getRouteId() != null) {
            route.routeGroup(workflowOf(route.getRouteId()));
        }
        Matcher key = SWITCH.matcher(String.valueOf(route.getAutoStartup()));
        if (key.matches()) {
            route.routeProperty(STAGE, key.group(1));
        }
    }

    static String workflowOf(String routeId) {
        return routeId.replaceFirst("-.*", "");
    }

    /** Empty for a route without a switch, which serves whichever route calls it. */
    static Optional<String> stageOf(Route route) {
        return Optional.ofNullable(route.getProperties().get(STAGE)).map(Object::toString);
    }
}
