package routes.platform.cli;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.util.StringUtils;

/**
 * Leaves a workflow out of the process when all of its stages are switched off: its beans, its settings and its
 * routes, so that it needs no server, takes no thread and opens nothing. When at least one stage is on, the whole
 * workflow is there, and its other stages are stopped.
 */
public final class SwitchedOffWorkflows implements ApplicationContextInitializer<GenericApplicationContext> {

    private static final String NAME = "switchedOffWorkflows";
    private static final String EXCLUDED_ROUTES = "camel.main.routes-exclude-pattern";

    @Override
    public void initialize(GenericApplicationContext context) {
        ConfigurableEnvironment environment = context.getEnvironment();
        List<WorkflowCommands> off =
                SpringFactoriesLoader.forDefaultResourceLocation().load(WorkflowCommands.class).stream()
                        .filter(workflow -> workflow.stages().stream().noneMatch(stage -> isOn(stage, environment)))
                        .toList();
        if (off.isEmpty()) {
            return;
        }
        // Spring Boot asks beans of this type which classes its component scans should skip
        context.getBeanFactory()
                .registerSingleton(
                        NAME,
                        new ExcludedPackages(off.stream()
                                .map(workflow -> workflow.getClass().getPackageName())
                                .toList()));
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource(NAME, Map.of(EXCLUDED_ROUTES, excludedRoutes(off, environment))));
    }

    /** Whether no stage of this workflow is switched on. */
    public static boolean isOff(String workflow, Environment environment) {
        return SpringFactoriesLoader.forDefaultResourceLocation().load(WorkflowCommands.class).stream()
                .flatMap(commands -> commands.stages().stream())
                .filter(stage -> stage.startsWith(workflow + "."))
                .noneMatch(stage -> isOn(stage, environment));
    }

    /** As for the local services, a stage is on unless it is switched off. */
    private static boolean isOn(String stage, Environment environment) {
        return environment.getProperty(stage + ".enabled", Boolean.class, true);
    }

    /** Only the routes in the jar; the routes of a site are left alone. */
    private static String excludedRoutes(List<WorkflowCommands> off, Environment environment) {
        Stream<String> ours = off.stream()
                .flatMap(workflow -> workflow.stages().stream())
                .map(stage -> stage.replaceFirst("\\..*", ""))
                .distinct()
                .map(workflow -> "classpath:camel/" + workflow + "*.camel.yaml");
        return Stream.concat(Stream.of(environment.getProperty(EXCLUDED_ROUTES, "")), ours)
                .filter(StringUtils::hasText)
                .collect(Collectors.joining(","));
    }
}
