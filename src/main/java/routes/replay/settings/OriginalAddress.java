package routes.replay.settings;

import java.util.Map;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.util.StringUtils;

/**
 * With the original's configuration file HTTP listens on all addresses, as the original does, unless a site sets {@code
 * server.address}. Before the address is checked: without users such a process does not start.
 */
class OriginalAddress implements EnvironmentPostProcessor, Ordered {

    private static final String ADDRESS = "server.address";

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        if (!StringUtils.hasText(environment.getProperty("replay.configuration-file"))) {
            return;
        }
        for (PropertySource<?> source : environment.getPropertySources()) {
            if (source.getName().contains("class path resource") && source.containsProperty(ADDRESS)) {
                environment
                        .getPropertySources()
                        .addBefore(
                                source.getName(),
                                new MapPropertySource("address of Savant Replay", Map.of(ADDRESS, "0.0.0.0")));
                return;
            }
        }
    }

    /** When all of the configuration is read. */
    @Override
    public int getOrder() {
        return ConfigDataEnvironmentPostProcessor.ORDER + 2;
    }
}
