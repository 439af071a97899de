package routes.platform.config.site;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.apache.camel.CamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.model.rest.RestDefinition;

/** The parts of the Camel context, or some of them, so that they can be removed and put back. */
record RouteParts(
        List<RouteDefinition> routes,
        List<RouteTemplateDefinition> templates,
        List<RouteConfigurationDefinition> configurations,
        List<RestDefinition> rests) {

    static final RouteParts NONE = new RouteParts(List.of(), List.of(), List.of(), List.of());

    /** Everything that the context has now. */
    static RouteParts of(CamelContext camel) {
        Model model = model(camel);
        return new RouteParts(
                List.copyOf(model.getRouteDefinitions()),
                List.copyOf(model.getRouteTemplateDefinitions()),
                List.copyOf(model.getRouteConfigurationDefinitions()),
                List.copyOf(model.getRestDefinitions()));
    }

    RouteParts minus(RouteParts other) {
        return new RouteParts(
                minus(routes, other.routes),
                minus(templates, other.templates),
                minus(configurations, other.configurations),
                minus(rests, other.rests));
    }

    RouteParts plus(RouteParts other) {
        return new RouteParts(
                plus(routes, other.routes),
                plus(templates, other.templates),
                plus(configurations, other.configurations),
                plus(rests, other.rests));
    }

    private static <T> List<T> plus(List<T> some, List<T> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    /** The routes and the templates of these ids. */
    RouteParts named(Collection<String> routeIds, Collection<String> templateIds) {
        return new RouteParts(
                routes.stream()
                        .filter(route -> routeIds.contains(route.getRouteId()))
                        .toList(),
                templates.stream()
                        .filter(template -> templateIds.contains(template.getId()))
                        .toList(),
                List.of(),
                List.of());
    }

    private static <T> List<T> minus(List<T> all, List<T> less) {
        Set<T> without = Collections.newSetFromMap(new IdentityHashMap<>());
        without.addAll(less);
        List<T> rest = new ArrayList<>(all);
        rest.removeIf(without::contains);
        return List.copyOf(rest);
    }

    void removeFrom(CamelContext camel) throws Exception {
        Model model = model(camel);
        for (RouteDefinition route : routes) {
            camel.getRouteController().stopRoute(route.getRouteId());
            camel.removeRoute(route.getRouteId());
            // Still there when the route could not even be built
            model.getRouteDefinitions().remove(route);
        }
        for (RouteTemplateDefinition template : templates) {
            model.removeRouteTemplateDefinition(template);
        }
        for (RouteConfigurationDefinition configuration : configurations) {
            model.removeRouteConfiguration(configuration);
        }
        model.getRestDefinitions().removeAll(rests);
    }

    void addTo(CamelContext camel) throws Exception {
        Model model = model(camel);
        model.addRouteConfigurations(configurations);
        model.addRouteTemplateDefinitions(templates);
        model.addRestDefinitions(rests, false);
        model.addRouteDefinitions(routes);
    }

    List<String> routeIds() {
        return routes.stream().map(RouteDefinition::getRouteId).toList();
    }

    /** Of routes and templates. */
    List<String> ids() {
        return plus(
                routeIds(),
                templates.stream().map(RouteTemplateDefinition::getId).toList());
    }

    static Model model(CamelContext camel) {
        return camel.getCamelContextExtension().getContextPlugin(Model.class);
    }
}
