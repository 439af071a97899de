package routes.platform.health;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.apache.camel.Route;
import org.apache.camel.model.ModelLifecycleStrategySupport;
import org.apache.camel.model.RouteDefinition;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Derives what a route need not say, for routes in Java and in YAML alike:
 *
 * <ul>
 *   <li>its group is the workflow, the first word of its id {@code <workflow>-<verb>-<noun>}
 *   <li>its stage is the one whose switch {@code {{<workflow>.<stage>.enabled}}} is its {@code autoStartup}; it is kept as
 *       a property of the route, since Camel replaces the key by its value
 *   <li>a route that serves a contract gets a description, for which YAML has no place, and the switch of its workflow's
 *       stage {@code api}, since it cannot start while the routes that answer its operations are stopped
 * </ul>
 */
@Component
class RouteDetails extends ModelLifecycleStrategySupport {

    private static final String STAGE = "stage";

    private static final Pattern SWITCH = Pattern.compile("\\{\\{[a-z-]+\\.([a-z-]+)\\.enabled}}");

    /** The endpoint that Camel makes of {@code rest: openApi:}. */
    private static final String CONTRACT = "rest-openapi:";

    private final Environment environment;

    RouteDetails(Environment environment) {
        this.environment = environment;
    }

    @Override
    public void onAddRouteDefinition(RouteDefinition route) {
        if (route.getRouteId() != null) {
            String workflow = workflowOf(route.getRouteId());
            if (route.getGroup() == null) {
                route.routeGroup(workflow);
            }
            String uri = route.getInput().getEndpointUri();
            if (uri.startsWith(CONTRACT)) {
                serveContract(route, uri.substring(CONTRACT.length()).replaceFirst("[?#].*", ""), workflow);
            }
        }
        Matcher key = SWITCH.matcher(String.valueOf(route.getAutoStartup()));
        if (key.matches()) {
            route.routeProperty(STAGE, key.group(1));
        }
    }

    private void serveContract(RouteDefinition route, String contract, String workflow) {
        route.routeDescription("Serves the operations of " + contract);
        if (environment.containsProperty(workflow + ".api.enabled")) {
            route.autoStartup("{{" + workflow + ".api.enabled}}");
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
