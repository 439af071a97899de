package routes.platform.rest.contract;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.apache.camel.model.ModelLifecycleStrategySupport;
import org.apache.camel.model.RouteDefinition;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Gives the routes that serve contracts what YAML has no place for: a description, which Hawtio shows, and the switch of
 * their workflow's stage {@code api}, since such a route cannot start while those that answer its operations are stopped.
 */
@Component
class ContractRouteDetails extends ModelLifecycleStrategySupport {

    /** The endpoint that Camel makes of {@code rest: openApi:}. */
    private static final String CONTRACT = "rest-openapi:";

    private static final Pattern SERVES_CONTRACT = Pattern.compile("(.+)-serve-api");

    private final Environment environment;

    ContractRouteDetails(Environment environment) {
        this.environment = environment;
    }

    @Override
    public void onAddRouteDefinition(RouteDefinition route) {
        if (route.getRouteId() != null) {
            describe(route);
            switchWithStage(route);
        }
    }

    private static void describe(RouteDefinition route) {
        String uri = route.getInput().getEndpointUri();
        if (uri.startsWith(CONTRACT)) {
            String contract = uri.substring(CONTRACT.length()).replaceFirst("[?#].*", "");
            route.routeDescription("Serves the operations of " + contract);
        }
    }

    private void switchWithStage(RouteDefinition route) {
        Matcher contract = SERVES_CONTRACT.matcher(route.getRouteId());
        if (contract.matches() && environment.containsProperty(contract.group(1) + ".api.enabled")) {
            route.autoStartup("{{" + contract.group(1) + ".api.enabled}}");
        }
    }
}
