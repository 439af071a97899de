package routes.platform.config.site;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.camel.CamelContext;
import org.apache.camel.FailedToStartRouteException;
import org.apache.camel.Route;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.RouteConfigurationBuilder;
import org.apache.camel.dsl.yaml.YamlRoutesBuilderLoader;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckAware;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RouteDefinitionHelper;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.model.TemplatedRouteDefinition;
import org.apache.camel.spi.LifecycleStrategy;
import org.apache.camel.spi.Resource;
import org.apache.camel.spi.RouteController;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.spi.SupervisingRouteController;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.support.task.Tasks;
import org.apache.camel.support.task.budget.Budgets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Loads files of routes into the running Camel context, each file whole or not at all. The new routes are built on trial
 * while the old ones run, then take their places; when they do not start, the old ones come back. Camel's own reload
 * removes the old routes first.
 */
class RouteFileLoader {

    /**
     * @param content what the file says
     * @param parts what was created from it
     * @param displaced Caravan's own routes and templates whose ids it has taken; they come back when it gives
     *     the ids up
     */
    private record Loaded(String content, RouteParts parts, RouteParts displaced) {}

    private static final Logger LOG = LoggerFactory.getLogger(RouteFileLoader.class);

    private static final String ON_TRIAL = "-on-trial";

    private static final Duration PROBATION = Duration.ofSeconds(2);
    private static final Duration HEALTH_INTERVAL = Duration.ofMillis(100);

    private final CamelContext camel;
    private final Map<Path, Loaded> files = new HashMap<>();

    RouteFileLoader(CamelContext camel) {
        this.camel = camel;
    }

    boolean hasLoaded(Path file) {
        return files.containsKey(file);
    }

    boolean hasLoaded(Path file, String content) {
        return hasLoaded(file) && loaded(file).content().equals(content);
    }

    /** Notes the new name of a file whose routes go on. */
    void rename(Path from, Path to) {
        files.put(to, Objects.requireNonNull(files.remove(from)));
    }

    /** Stops and removes the routes of a file and gives Caravan its own back. */
    void remove(Path file) throws Exception {
        Loaded old = loaded(file);
        old.parts().removeFrom(camel);
        old.displaced().addTo(camel);
        start(old.displaced().routes());
        files.remove(file);
        LOG.info(
                "{} is gone, and its routes were removed: {}",
                file,
                String.join(", ", old.parts().ids()));
    }

    /**
     * Replaces the routes of an earlier content of the file.
     *
     * @throws RefusedFileException when the content is wrong or its routes do not start; then nothing has changed
     */
    void load(Path file, String content) throws RefusedFileException {
        try {
            requireRoutes(content);
            tryOut(file, parse(file, content));
            // Again, because the trial has changed the definitions
            swap(file, content, parse(file, content));
        } catch (RefusedFileException e) {
            bindFormerBeans(file);
            throw e;
        }
    }

    private Loaded loaded(Path file) {
        return Objects.requireNonNull(files.get(file));
    }

    private static void requireRoutes(String content) throws RefusedFileException {
        Optional<Node> root;
        try {
            root = new Compose(LoadSettings.builder().build()).composeString(content);
        } catch (YamlEngineException | StackOverflowError e) {
            throw refusal(e, null);
        }
        if (root.isEmpty()) {
            throw new RefusedFileException(0, "it is empty; remove the file if it is not wanted", null);
        }
        if (!(root.get() instanceof SequenceNode list) || list.getValue().isEmpty()) {
            throw new RefusedFileException(1, "must be a list of routes, each beginning with '- route:'", null);
        }
    }

    /** Uses a new loader each time, since a loader remembers the beans of a file that it failed to read. */
    private RouteConfigurationBuilder parse(Path file, String content) throws RefusedFileException {
        try (YamlRoutesBuilderLoader loader = yaml()) {
            Resource resource = resource(file, content);
            loader.preParseRoute(resource);
            RouteConfigurationBuilder builder = (RouteConfigurationBuilder) loader.loadRoutesBuilder(resource);
            builder.configureRoutes(camel);
            return builder;
        } catch (Exception e) {
            throw refusal(e, null);
        }
    }

    private YamlRoutesBuilderLoader yaml() {
        YamlRoutesBuilderLoader loader = new YamlRoutesBuilderLoader();
        loader.setCamelContext(camel);
        loader.start();
        return loader;
    }

    private static Resource resource(Path file, String content) {
        return ResourceHelper.fromBytes("file:" + file, content.getBytes(StandardCharsets.UTF_8));
    }

    /** Reading a file has bound its beans already. */
    private void bindFormerBeans(Path file) {
        Loaded old = files.get(file);
        if (old != null) {
            try (YamlRoutesBuilderLoader loader = yaml()) {
                loader.preParseRoute(resource(file, old.content()));
            } catch (Exception e) {
                LOG.warn("{}: its former beans cannot be made again: {}", file, e.getMessage());
            }
        }
    }

    private void tryOut(Path file, RouteBuilder builder) throws RefusedFileException {
        requireFreeIds(file, builder);
        for (RouteDefinition route : builder.getRoutes().getRoutes()) {
            try {
                if (route.getInput() == null) {
                    throw new IllegalArgumentException("a route needs 'from'");
                }
                buildAndDrop(route);
            } catch (Exception e) {
                throw refusal(e, route);
            }
        }
    }

    private void requireFreeIds(Path file, RouteBuilder builder) throws RefusedFileException {
        Map<String, Path> owners = new HashMap<>();
        files.forEach((other, loaded) -> loaded.parts().routeIds().forEach(id -> owners.put(id, other)));
        owners.values().removeIf(file::equals);
        for (String id : ids(builder)) {
            Path owner = owners.put(id, file);
            if (owner != null) {
                int line = builder.getRoutes().getRoutes().stream()
                        .filter(route -> id.equals(route.getId()))
                        .mapToInt(RouteDefinition::getLineNumber)
                        .max()
                        .orElse(0);
                throw new RefusedFileException(
                        line,
                        owner.equals(file)
                                ? "it has two routes of the id %s".formatted(id)
                                : "the route id %s is taken by %s".formatted(id, owner),
                        null);
            }
        }
    }

    private static List<String> ids(RouteBuilder builder) {
        return Stream.concat(
                        builder.getRoutes().getRoutes().stream().map(RouteDefinition::getId),
                        builder.getTemplatedRouteCollection().getTemplatedRoutes().stream()
                                .map(TemplatedRouteDefinition::getRouteId))
                .filter(Objects::nonNull)
                .toList();
    }

    private static List<String> templateIds(RouteBuilder builder) {
        return builder.getRouteTemplateCollection().getRouteTemplates().stream()
                .map(RouteTemplateDefinition::getId)
                .toList();
    }

    /** Builds them under other ids, because policies, supervision and management know routes by their ids. */
    private void buildAndDrop(RouteDefinition definition) throws Exception {
        definition.setId((definition.getId() == null ? "route" : definition.getId()) + ON_TRIAL);
        RouteDefinitionHelper.forceAssignIds(camel, definition);
        Route route = ((ModelCamelContext) camel).getModelReifierFactory().createRoute(camel, definition);
        if (route != null) {
            for (RoutePolicy policy : route.getRoutePolicyList()) {
                policy.onRemove(route);
            }
            for (LifecycleStrategy strategy : camel.getLifecycleStrategies()) {
                strategy.onRoutesRemove(List.of(route));
            }
        }
    }

    private void swap(Path file, String content, RouteConfigurationBuilder incoming) throws RefusedFileException {
        RouteParts before = RouteParts.of(camel);
        Set<String> active = active();
        Loaded old = files.getOrDefault(file, new Loaded("", RouteParts.NONE, RouteParts.NONE));
        RouteParts displaced =
                before.minus(old.parts()).plus(old.displaced()).named(ids(incoming), templateIds(incoming));
        RouteParts leaving = displaced.minus(old.displaced());
        RouteParts returning = old.displaced().minus(displaced);
        try {
            old.parts().removeFrom(camel);
            leaving.removeFrom(camel);
            returning.addTo(camel);
            camel.addRoutesConfigurations(incoming);
            camel.addRoutes(incoming);
            camel.addTemplatedRoutes(incoming);
            RouteParts added = RouteParts.of(camel).minus(before).minus(returning);
            start(added.routes());
            start(returning.routes());
            files.put(file, new Loaded(content, added, displaced));
            leaving.ids().forEach(id -> LOG.warn("{}: its route {} takes the place of Caravan's own", file, id));
            LOG.info("{} loaded: {}", file, String.join(", ", added.ids()));
        } catch (Exception e) {
            RefusedFileException refusal = refusal(e, culprit(incoming, e));
            putBack(before, active);
            throw refusal;
        }
    }

    /** The routes that are running, or that Camel keeps trying to start. */
    private Set<String> active() {
        RouteController controller = camel.getRouteController();
        Stream<Route> restarting = controller instanceof SupervisingRouteController supervising
                ? supervising.getRestartingRoutes().stream()
                : Stream.of();
        return Stream.concat(
                        restarting.map(Route::getRouteId),
                        camel.getRoutes().stream()
                                .map(Route::getRouteId)
                                .filter(id -> controller.getRouteStatus(id).isStarted()))
                .collect(Collectors.toSet());
    }

    private void putBack(RouteParts before, Set<String> active) {
        try {
            RouteParts.of(camel).minus(before).removeFrom(camel);
            RouteParts former = before.minus(RouteParts.of(camel));
            former.addTo(camel);
            for (String id : former.routeIds()) {
                if (active.contains(id)) {
                    startFormer(id);
                } else {
                    camel.getRouteController().stopRoute(id);
                }
            }
        } catch (Exception e) {
            throw new IllegalStateException("The former routes cannot be put back. Restart Caravan.", e);
        }
    }

    /** A route that could not be started before and still cannot is tried again by Camel. */
    private void startFormer(String id) {
        try {
            camel.getRouteController().startRoute(id);
        } catch (Exception e) {
            LOG.warn("Route {} was put back and does not start: {}", id, e.getMessage());
        }
    }

    /** While Camel itself is starting, it starts them and retries those that fail. */
    private void start(List<RouteDefinition> routes) throws Exception {
        RouteController controller = camel.getRouteController();
        if (controller instanceof SupervisingRouteController supervising && supervising.isStartingRoutes()) {
            return;
        }
        for (RouteDefinition definition : routes) {
            String id = definition.getRouteId();
            Route route = camel.getRoute(id);
            if (route.isAutoStartup() || route.getProperties().containsKey(Route.SUPERVISED)) {
                try {
                    controller.startRoute(id);
                    requireHealth(route);
                } catch (Exception e) {
                    throw new FailedToStartRouteException(id, String.valueOf(e.getMessage()), e);
                }
            }
        }
    }

    /**
     * Some consumers report only after their start, through their health, that they cannot open what they read from.
     */
    private void requireHealth(Route route) {
        if (!(route.getConsumer() instanceof HealthCheckAware aware) || aware.getHealthCheck() == null) {
            return;
        }
        AtomicReference<Optional<String>> trouble = new AtomicReference<>(Optional.empty());
        Tasks.foregroundTask()
                .withBudget(Budgets.iterationTimeBudget()
                        .withInterval(HEALTH_INTERVAL)
                        .withMaxDuration(PROBATION)
                        .build())
                .withName("health-of-new-route")
                .build()
                .run(camel, () -> {
                    trouble.set(trouble(aware.getHealthCheck().call()));
                    return trouble.get().isPresent();
                });
        if (trouble.get().isPresent()) {
            throw new IllegalStateException(trouble.get().get());
        }
    }

    /** A consumer that has not polled yet may be down without a reason. */
    private static Optional<String> trouble(HealthCheck.Result health) {
        return health.getState() != HealthCheck.State.DOWN
                ? Optional.empty()
                : health.getMessage().or(() -> health.getError().map(Throwable::getMessage));
    }

    private static @Nullable RouteDefinition culprit(RouteBuilder builder, Exception failure) {
        String message = String.valueOf(failure.getMessage());
        return builder.getRoutes().getRoutes().stream()
                .filter(route -> message.contains(" " + route.getId() + " "))
                .findFirst()
                .orElse(null);
    }

    private static RefusedFileException refusal(Throwable failure, @Nullable RouteDefinition route) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
            if (root instanceof RefusedFileException known) {
                return known;
            }
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof MarkedYamlEngineException wrong
                    && wrong.getProblemMark().isPresent()) {
                return new RefusedFileException(
                        wrong.getProblemMark().get().getLine() + 1, wrong.getProblem(), failure);
            }
        }
        String reason = root instanceof StackOverflowError
                ? "it is nested too deeply"
                : root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
        return new RefusedFileException(
                route == null ? 0 : line(failure, route), reason.replace(ON_TRIAL, ""), failure);
    }

    /** For a step that it cannot build, Camel's message quotes the text of the step. */
    private static int line(Throwable failure, RouteDefinition route) {
        String message = String.valueOf(failure.getMessage());
        return Stream.concat(
                        route.getOutputs().stream().filter(step -> message.contains(">>> " + step + " <<<")),
                        Stream.of(route))
                .mapToInt(step -> step instanceof RouteDefinition ? lineOf(route) : step.getLineNumber())
                .filter(line -> line > 0)
                .findFirst()
                .orElse(0);
    }

    private static int lineOf(RouteDefinition route) {
        return route.getInput() == null
                ? route.getLineNumber()
                : route.getInput().getLineNumber();
    }
}
