package routes.imaging;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.apache.camel.component.micrometer.MicrometerEndpoint;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.PropertyDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.SendDefinition;
import org.apache.camel.model.SplitDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.model.ToDynamicDefinition;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** House rules for every route of the running application, in Java and YAML. */
class RoutesHouseTest extends ImagingWorkflow {

    private static final Set<String> GROUPS = Set.of("imaging", "platform", "replay");

    /** Made by Camel from the contracts ({@code rest: openApi:}); what they call has a policy. */
    private static final Set<String> CONTRACTS = Set.of(
            "imaging-serve-api",
            "platform-attention",
            "platform-dead-letters",
            "platform-serve-api",
            "replay-serve-api");

    /** The configurations of {@code ErrorPolicyRoutes} and {@code RestErrorRoutes}; without one the default applies. */
    private static final Set<String> POLICIES = Set.of("retry-at-source", "caller", "rest");

    @Test
    @DisplayName("Every route has an id in kebab case that begins with its group, and a description")
    void named() {
        assertThat(routes()).isNotEmpty().allSatisfy(route -> {
            assertThat(route.getGroup()).as("group of %s", route.getRouteId()).isIn(GROUPS);
            assertThat(route.getRouteId()).matches(route.getGroup() + "(-[a-z0-9]+)+");
            assertThat(route.getDescriptionText())
                    .as("description of %s", route.getRouteId())
                    .isNotBlank();
        });
    }

    @Test
    @DisplayName("Each group is the first word of the id, and each stage is that of the route's switch")
    void derived() {
        assertThat(routes()).allSatisfy(route -> {
            assertThat(route.getGroup())
                    .as("group of %s", route.getRouteId())
                    .isEqualTo(route.getRouteId().split("-")[0]);
            assertThat(stageOf(route))
                    .as("stage of %s, whose switch is %s", route.getRouteId(), route.getAutoStartup())
                    .isEqualTo(switchedStageOf(route));
        });
    }

    private static Optional<String> stageOf(RouteDefinition route) {
        return Stream.ofNullable(route.getRouteProperties())
                .flatMap(List::stream)
                .filter(property -> property.getKey().equals("stage"))
                .map(PropertyDefinition::getValue)
                .reduce((one, another) -> one + " and " + another);
    }

    private static Optional<String> switchedStageOf(RouteDefinition route) {
        return Optional.ofNullable(route.getAutoStartup())
                .filter(key -> key.matches("\\{\\{.+\\.enabled}}"))
                .map(key -> key.split("\\.")[1]);
    }

    @Test
    @DisplayName("Only the contracts are exempt from policies, and each of them is there")
    void contracts() {
        assertThat(routes().filter(route -> route.getInput().getEndpointUri().startsWith("rest-openapi:")))
                .extracting(RouteDefinition::getRouteId)
                .containsExactlyInAnyOrderElementsOf(CONTRACTS);
    }

    @Test
    @DisplayName("Every route names a known error policy or has the default")
    void errorPolicy() {
        assertThat(ownRoutes()).allSatisfy(route -> {
            assertThat(namedPolicies(route))
                    .as("policy of %s", route.getRouteId())
                    .hasSizeLessThanOrEqualTo(1);
            assertThat(POLICIES).containsAll(namedPolicies(route));
        });
        assertThat(routes().flatMap(route -> route.getAppliedRouteConfigurationIds() == null
                        ? Stream.empty()
                        : route.getAppliedRouteConfigurationIds().stream()))
                .as("policies in use")
                .containsAll(POLICIES);
    }

    @Test
    @DisplayName("Every call of an endpoint but direct, and every split, has an id of its own and not a generated one")
    void steps() {
        // What direct: calls is a route, which has its own id.
        assertThat(ownSteps(SendDefinition.class))
                .filteredOn(call -> !call.getEndpointUri().startsWith("direct:"))
                .hasSizeGreaterThan(30)
                .allSatisfy(RoutesHouseTest::requireId);
        assertThat(ownSteps(ToDynamicDefinition.class)).allSatisfy(RoutesHouseTest::requireId);
        assertThat(ownSteps(SplitDefinition.class)).isNotEmpty().allSatisfy(RoutesHouseTest::requireId);
    }

    @Test
    @DisplayName("Every meter of a route is explained to whoever reads the metrics")
    void meters() {
        assertThat(camel.getEndpoints())
                .filteredOn(MicrometerEndpoint.class::isInstance)
                .hasSizeGreaterThan(5)
                .allSatisfy(meter -> assertThat(((MicrometerEndpoint) meter).getMetricsDescription())
                        .as("metricsDescription of %s", meter)
                        .isNotBlank());
    }

    private static void requireId(ProcessorDefinition<?> step) {
        assertThat(step.hasCustomIdAssigned()).as("id given to %s", step).isTrue();
        assertThat(step.getId()).matches("[a-z0-9]+(-[a-z0-9]+)+");
    }

    private <T> List<T> ownSteps(Class<T> type) {
        return ownRoutes().stream()
                .flatMap(route -> ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), type).stream())
                .toList();
    }

    @Test
    @DisplayName("What a retry-at-source route calls leaves errors to it")
    void calledRoutesLeaveErrorsToTheCaller() {
        Set<String> reached = new TreeSet<>();
        ownRoutes().stream()
                .filter(route -> namedPolicies(route).contains("retry-at-source"))
                .forEach(route -> reach(route, reached));

        assertThat(reached)
                .contains("imaging-publish-event", "imaging-record-tape-notification", "imaging-record-tape-archive");
        assertThat(reached).allSatisfy(id -> assertThat(namedPolicies(route(id)))
                .as("policy of %s, reached from a retry-at-source route", id)
                .containsAnyOf("caller", "retry-at-source"));
    }

    private void reach(RouteDefinition route, Set<String> reached) {
        for (String called : calls(route)) {
            if (reached.add(called)) {
                reach(route(called), reached);
            }
        }
    }

    /** A {@code direct:} endpoint has the name of the route it calls. */
    private static List<String> calls(RouteDefinition route) {
        List<String> called = new ArrayList<>();
        for (ProcessorDefinition<?> output : route.getOutputs()) {
            ProcessorDefinitionHelper.filterTypeInOutputs(List.of(output), ToDefinition.class).stream()
                    .map(ToDefinition::getEndpointUri)
                    .filter(uri -> uri.startsWith("direct:"))
                    .map(uri -> uri.replaceFirst("direct:(//)?", ""))
                    .forEach(called::add);
        }
        return called;
    }

    private RouteDefinition route(String id) {
        return Objects.requireNonNull(((ModelCamelContext) camel).getRouteDefinition(id), "no route " + id);
    }

    private static Set<String> namedPolicies(RouteDefinition route) {
        String named = route.getRouteConfigurationId();
        return named == null ? Set.of() : Set.of(named.split(","));
    }

    private List<RouteDefinition> ownRoutes() {
        return routes().filter(route -> !CONTRACTS.contains(route.getRouteId())).toList();
    }

    private Stream<RouteDefinition> routes() {
        return ((ModelCamelContext) camel).getRouteDefinitions().stream();
    }
}
