package routes.platform.health;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.apache.camel.Route;
import org.apache.camel.model.ModelLifecycleStrategySupport;
import org.apache.camel.model.RouteDefinition;
import org.springframework.stereotype.Component;

/**
 * Tells the stage of a route by its switch, {@code autoStartup: "{{<workflow>.<stage>.enabled}}"}, which routes in Java and
 * in YAML have alike. It is remembered as a property of the route, since Camel replaces the key by its value.
 */
@Component
class RouteStages extends ModelLifecycleStrategySupport {

    /** The route property that names the stage of a route which has no switch of its own. */
    static final String STAGE = "stage";

    private static final String SWITCHED_STAGE = "switchedStage";

    private static final Pattern SWITCH = Pattern.compile("\\{\\{[a-z-]+\\.([a-z-]+)\\.enabled}}");

    @Override
    public void onAddRouteDefinition(RouteDefinition route) {
        Matcher key = SWITCH.matcher(String.valueOf(route.getAutoStartup()));
        if (key.matches()) {
            route.routeProperty(SWITCHED_STAGE, key.group(1));
        }
    }

    /** Whether the key of a stage decides if the route runs. The others of the stage only serve those. */
    static boolean hasSwitch(Route route) {
        return route.getProperties().containsKey(SWITCHED_STAGE);
    }

    static String stageOf(Route route, String byDefault) {
        return route.getProperties()
                .getOrDefault(SWITCHED_STAGE, route.getProperties().getOrDefault(STAGE, byDefault))
                .toString();
    }
}
