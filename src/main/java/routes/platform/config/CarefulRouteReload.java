package routes.platform.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;

import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.RouteWatcherReloadStrategy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads a changed file of routes, or refuses it whole. Camel's own strategy removes the old route before the new one has
 * proved that it starts, and after a failure loads the bad file again together with every other one.
 */
class CarefulRouteReload extends RouteWatcherReloadStrategy {

    private static final Logger LOG = LoggerFactory.getLogger(CarefulRouteReload.class);

    CarefulRouteReload() {
        setRemoveAllRoutes(false);
    }

    @Override
    protected void onRouteReload(Collection<Resource> resources, boolean removeEverything) {
        resources.stream()
                .filter(resource -> Files.exists(Path.of(resource.getURI())))
                .forEach(this::load);
    }

    private void load(Resource file) {
        Model model = getCamelContext().getCamelContextExtension().getContextPlugin(Model.class);
        List<RouteDefinition> before = List.copyOf(model.getRouteDefinitions());
        try {
            Set<String> routes = PluginHelper.getRoutesLoader(getCamelContext()).updateRoutes(List.of(file));
            LOG.info("{} loaded: {}", file.getLocation(), String.join(", ", routes));
        } catch (Exception e) {
            putBack(model, before);
            throw new IllegalArgumentException(
                    "%s was refused and its routes stay as they were: %s".formatted(file.getLocation(), e.getMessage()),
                    e);
        }
    }

    private void putBack(Model model, List<RouteDefinition> before) {
        try {
            for (RouteDefinition added : List.copyOf(model.getRouteDefinitions())) {
                if (!before.contains(added)) {
                    getCamelContext().getRouteController().stopRoute(added.getRouteId());
                    getCamelContext().removeRoute(added.getRouteId());
                    model.removeRouteDefinition(added);
                }
            }
            for (RouteDefinition removed : before) {
                if (!model.getRouteDefinitions().contains(removed)) {
                    model.addRouteDefinition(removed);
                }
            }
        } catch (Exception e) {
            throw new IllegalStateException("cannot put the former routes back; restart Caravan", e);
        }
    }
}
