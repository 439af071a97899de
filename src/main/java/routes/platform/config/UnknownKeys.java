package routes.platform.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

import org.apache.commons.logging.Log;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.boot.logging.DeferredLogFactory;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.core.Ordered;
import org.springframework.core.env.CommandLinePropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import routes.platform.ConfigurationException;

/**
 * Stops the start when a key under one of our prefixes is unknown: Spring Boot would silently ignore a misspelt key.
 * In the environment only near misses stop it, because variables of other programs may begin like ours; others are
 * logged.
 */
class UnknownKeys implements EnvironmentPostProcessor, Ordered {

    /** Variables that scripts, tests and commands read; they are not keys. */
    private static final Set<String> NOT_KEYS = Set.of(
            "CARAVAN_HOME",
            "CARAVAN_JAR",
            "CARAVAN_USER",
            "CARAVAN_PASSWORD",
            "CARAVAN_REQUIRE_PEERS",
            "CARAVAN_SOAK",
            "caravan.jar");

    /**
     * Variables that Kubernetes and Docker links put into every container that sees a service called, for example,
     * imaging.
     */
    private static final Pattern SERVICE_LINK =
            Pattern.compile("[A-Z_]+_(SERVICE_HOST|SERVICE_PORT(_.*)?|PORT(_\\d+_(TCP|UDP|SCTP).*)?)");

    private final Log log;

    UnknownKeys(DeferredLogFactory logs) {
        this.log = logs.getLog(UnknownKeys.class);
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        KnownKeys known = KnownKeys.ofThisApplication();
        Set<String> problems = new TreeSet<>();
        for (PropertySource<?> source : environment.getPropertySources()) {
            if (source instanceof SystemEnvironmentPropertySource variables) {
                problems.addAll(misspeltVariables(variables, known));
            }
        }
        for (ConfigurationPropertySource source : ConfigurationPropertySources.from(environment.getPropertySources())) {
            if (source instanceof IterableConfigurationPropertySource keys
                    && !(source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource)) {
                problems.addAll(unknownKeys(keys, known));
            }
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException(
                    String.join(System.lineSeparator(), problems),
                    "Correct the name or remove the line. All keys are printed by \"java -jar caravan.jar config --defaults\".");
        }
    }

    private static List<String> unknownKeys(IterableConfigurationPropertySource keys, KnownKeys known) {
        List<String> problems = new ArrayList<>();
        for (ConfigurationPropertyName name : keys) {
            if (!name.isEmpty()
                    && known.prefixes().contains(name.getElement(0, ConfigurationPropertyName.Form.UNIFORM))
                    && !NOT_KEYS.contains(name.toString())
                    && !known.contains(name)
                    && !known.isSection(name)) {
                problems.add("%s: there is no key %s.%s"
                        .formatted(place(keys, name), name, suggestion(known.nearest(name))));
            }
        }
        return problems;
    }

    private List<String> misspeltVariables(SystemEnvironmentPropertySource variables, KnownKeys known) {
        List<String> problems = new ArrayList<>();
        for (String variable : variables.getPropertyNames()) {
            boolean ours = variable.indexOf('_') > 0
                    && known.prefixes()
                            .contains(
                                    variable.substring(0, variable.indexOf('_')).toLowerCase(Locale.ROOT))
                    && !NOT_KEYS.contains(variable)
                    && !SERVICE_LINK.matcher(variable).matches();
            if (!ours || known.containsVariable(variable)) {
                continue;
            }
            Optional<String> nearest = known.nearestVariable(variable);
            if (nearest.isPresent()) {
                problems.add("Environment: there is no variable %s.%s".formatted(variable, suggestion(nearest)));
            } else {
                log.warn("Environment variable %s is no key of Caravan and was ignored".formatted(variable));
            }
        }
        return problems;
    }

    private static String suggestion(Optional<String> nearest) {
        return nearest.map(key -> " Did you mean " + key + "?").orElse("");
    }

    private static String place(ConfigurationPropertySource source, ConfigurationPropertyName name) {
        Origin origin = Origin.from(source.getConfigurationProperty(name));
        if (!(origin instanceof PropertySourceOrigin unplaced) || unplaced.getOrigin() != null) {
            return String.valueOf(origin);
        }
        return unplaced.getPropertySource() instanceof CommandLinePropertySource<?>
                ? "Command line"
                : unplaced.getPropertySource().getName();
    }

    @Override
    public int getOrder() {
        return ConfigDataEnvironmentPostProcessor.ORDER + 2;
    }
}
