package routes.replay.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.util.StringUtils;
import routes.platform.ConfigurationException;
import routes.platform.InvalidInputException;
import routes.platform.cli.SwitchedOffWorkflows;
import routes.platform.json.LenientJson;

/**
 * The configuration file of the original as a source of our keys, which wins over all others: JSON, in whose text
 * environment variables are expanded before it is parsed. Unknown keys are ignored.
 *
 * <p>With such a file HTTP listens on all addresses, as the original does, unless a site sets {@code server.address}.
 * This is known before the address is checked: without users such a process does not start.
 */
public class ReplayConfigurationFile implements EnvironmentPostProcessor, Ordered {

    private static final String SOURCE = "configuration file of Savant Replay";
    private static final String ADDRESS = "server.address";

    /** {@code ${NAME}}, or {@code ${NAME:-default}} where the variable may be unset. */
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?}");

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        String file = environment.getProperty("replay.configuration-file");
        // A one-shot command does not replay, and its machine may not have the file
        if (!StringUtils.hasText(file)
                || application.getWebApplicationType() == WebApplicationType.NONE
                || SwitchedOffWorkflows.isOff("replay", environment)) {
            return;
        }
        MutablePropertySources sources = environment.getPropertySources();
        sources.stream()
                .filter(source -> source.getName().contains("class path resource") && source.containsProperty(ADDRESS))
                .findFirst()
                .ifPresent(defaults -> sources.addBefore(
                        defaults.getName(), new MapPropertySource(SOURCE + ": address", Map.of(ADDRESS, "0.0.0.0"))));
        sources.addFirst(new OriginTrackedMapPropertySource(SOURCE, read(Path.of(file), System.getenv()), true));
    }

    /** @throws ConfigurationException with everything that is wrong with the file */
    static Map<String, Object> read(Path file, Map<String, String> variables) {
        try {
            return OriginalKeys.read(
                    new ObjectMapper()
                            .reader()
                            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                            .readTree(expand(Files.readString(file), variables)),
                    file);
        } catch (InvalidInputException e) {
            throw wrong(file, describe(e), e);
        } catch (IllegalArgumentException e) {
            throw wrong(file, e.getMessage(), e);
        } catch (JsonProcessingException e) {
            throw wrong(file, "it is not JSON: " + LenientJson.explain(e), e);
        } catch (IOException e) {
            throw new ConfigurationException(
                    "The configuration file " + file + " of replay cannot be read: " + e,
                    "Give the path of a readable file.",
                    e);
        }
    }

    /** @throws IllegalArgumentException when a variable is unset that has no default */
    static String expand(String text, Map<String, String> variables) {
        return VARIABLE.matcher(text).replaceAll(reference -> Matcher.quoteReplacement(value(reference, variables)));
    }

    private static String value(MatchResult reference, Map<String, String> variables) {
        String value = variables.getOrDefault(reference.group(1), reference.group(2));
        if (value == null) {
            throw new IllegalArgumentException(
                    "the environment variable " + reference.group(1) + " is not set and has no default");
        }
        return value;
    }

    private static String describe(InvalidInputException e) {
        return e.problems().stream()
                .map(problem -> String.join(".", problem.location()) + " " + problem.message())
                .collect(Collectors.joining("; "));
    }

    private static ConfigurationException wrong(Path file, String what, Exception cause) {
        return new ConfigurationException(
                "The configuration file " + file + " of replay is wrong: " + what, "Correct the file.", cause);
    }

    /** When all of the configuration is read. */
    @Override
    public int getOrder() {
        return ConfigDataEnvironmentPostProcessor.ORDER + 2;
    }
}
