package routes.platform.rest;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.apache.camel.model.ModelLifecycleStrategySupport;
import org.apache.camel.model.RouteDefinition;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Gives the routes that serve contracts the switch of their workflow's stage {@code api}. YAML has no place for it, and
 * such a route cannot start while those that answer its operations are stopped.
 */
@Component
class ContractSwitches extends ModelLifecycleStrategySupport {

    private static final Pattern SERVES_CONTRACT = Pattern.compile("(.+)-serve-api");

    private final Environment environment;

    ContractSwitches(Environment environment) {
        this.environment = environment;
    }

    @Override
    public void onAddRouteDefinition(RouteDefinition route) {
        if (route.getRouteId() != null) {
            Matcher contract = SERVES_CONTRACT.matcher(route.getRouteId());
            if (contract.matches() && environment.containsProperty(contract.group(1) + ".api.enabled")) {
                route.autoStartup("{{" + contract.group(1) + ".api.enabled}}");
            }
        }
    }
}
