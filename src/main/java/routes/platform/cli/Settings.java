package routes.platform.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The configuration keys on the command line, {@code --key=value}, and the context that a one-shot command starts
 * with them. It has the same layers of configuration as the server and the local services that the command asks for,
 * but neither routes nor a web server.
 */
public final class Settings {

    /** A key contains a dot, which distinguishes it from the option of a command. */
    private static final Pattern SETTING = Pattern.compile("--[^=]*\\..*");

    private static final List<String> SERVICES = List.of("redis", "kafka", "s3", "jms", "sql");

    private final List<String> arguments;

    /** @param arguments each {@code --key=value} */
    public Settings(List<String> arguments) {
        this.arguments = List.copyOf(arguments);
    }

    static boolean isSetting(String argument) {
        return SETTING.matcher(argument).matches();
    }

    /**
     * Opens a context for one command. The caller closes it, which stops the local services in turn.
     *
     * @param source an unannotated class, so that the server's component scan passes it by, with {@code @Import} and
     *     {@code @Bean} as needed
     * @param services the local services to start where none is configured, by their {@code caravan.local} name
     * @throws StartFailedException after the reason has been reported
     */
    public ConfigurableApplicationContext open(Class<?> source, String... services) {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("logging.level.root", "warn");
        // Only the server keeps a name in the data folder
        keys.put("caravan.node-name", "command");
        Set<String> wanted = Set.of(services);
        SERVICES.forEach(
                service -> keys.put("caravan.local." + service + ".needed-by", wanted.contains(service) ? "*" : ""));
        SpringApplication application = new SpringApplicationBuilder(source)
                .web(WebApplicationType.NONE)
                .logStartupInfo(false)
                .build();
        return StartFailedException.of(() -> application.run(with(keys)));
    }

    /** These arguments, and the given keys where the arguments do not set them. */
    String[] with(Map<String, String> keys) {
        Stream<String> added = keys.entrySet().stream()
                .filter(key -> !isGiven(key.getKey()))
                .map(key -> "--%s=%s".formatted(key.getKey(), key.getValue()));
        return Stream.concat(arguments.stream(), added).toArray(String[]::new);
    }

    private boolean isGiven(String key) {
        return arguments.stream().anyMatch(argument -> argument.startsWith("--" + key + "="));
    }
}
