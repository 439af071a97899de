package routes.platform.logging;

import java.util.Map;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Turns {@code caravan.log.format=json} into Boot's structured logging. Logstash's layout, because it puts the
 * correlation fields beside the message and not into an object of their own. Any other value than text and json is
 * refused when the key is bound.
 */
class LogFormat implements EnvironmentPostProcessor, Ordered {

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        if ("json".equalsIgnoreCase(environment.getProperty("caravan.log.format"))) {
            environment
                    .getPropertySources()
                    .addLast(new MapPropertySource(
                            "caravan.log.format", Map.of("logging.structured.format.console", "logstash")));
        }
    }

    @Override
    public int getOrder() {
        return ConfigDataEnvironmentPostProcessor.ORDER + 1;
    }
}
