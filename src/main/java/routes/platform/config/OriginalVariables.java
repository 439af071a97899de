package routes.platform.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.boot.origin.OriginTrackedValue;
import org.springframework.boot.origin.SystemEnvironmentOrigin;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.util.StringUtils;
import routes.platform.ConfigurationException;

/**
 * Translates the environment variables of the systems that Caravan replaces, where their value needs conversion or
 * sets several keys. All of them are defaults: a key that is set anywhere wins. The simple ones are in
 * application.yaml as {@code ${NAME:default}}.
 */
class OriginalVariables implements EnvironmentPostProcessor, Ordered {

    static final String SOURCE = "variables of the original systems";

    private static final String S3 = "camel.component.aws2-s3.";

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        Defaults defaults = new Defaults(environment);
        database(defaults);
        defaults.value("REDIS_DSN").ifPresent(dsn -> defaults.put("REDIS_DSN", "spring.data.redis.url", dsn));
        defaults.value("RABBITMQ_DSN").ifPresent(dsn -> defaults.put("RABBITMQ_DSN", "spring.rabbitmq.addresses", dsn));
        objectStore(defaults);
        defaults.addTo(environment);
        postgresTypes(environment);
    }

    private static void database(Defaults defaults) {
        // The user and password in the variable belong to its own database, not to another one that is configured.
        if (defaults.isSet("spring.datasource.url")) {
            return;
        }
        String variable = "POSTGRES_DSN";
        defaults.value(variable).ifPresent(text -> {
            PostgresDsn dsn = PostgresDsn.parse(text)
                    .orElseThrow(() -> new ConfigurationException(
                            "POSTGRES_DSN is not the address of a PostgreSQL database.",
                            "Write postgresql://user:password@host:5432/database; characters such as @ and / in the"
                                    + " password are percent-encoded."));
            defaults.put(variable, "spring.datasource.url", dsn.url());
            dsn.username().ifPresent(user -> defaults.put(variable, "spring.datasource.username", user));
            dsn.password().ifPresent(password -> defaults.put(variable, "spring.datasource.password", password));
        });
    }

    private static void objectStore(Defaults defaults) {
        defaults.value("AWS_ENDPOINT_URL").ifPresent(url -> {
            defaults.put("AWS_ENDPOINT_URL", S3 + "uri-endpoint-override", url);
            defaults.put("AWS_ENDPOINT_URL", S3 + "override-endpoint", "true");
            // Stores other than Amazon's rarely provide a host name for every bucket.
            defaults.put("AWS_ENDPOINT_URL", S3 + "force-path-style", "true");
        });
        Map.of(
                        "AWS_REGION_NAME", "region",
                        "AWS_ACCESS_KEY_ID", "access-key",
                        "AWS_SECRET_ACCESS_KEY", "secret-key",
                        "AWS_SESSION_TOKEN", "session-token")
                .forEach((variable, option) ->
                        defaults.value(variable).ifPresent(text -> defaults.put(variable, S3 + option, text)));
    }

    /** Our statements bind text to uuid, jsonb and timestamptz columns; PostgreSQL then has to find the type itself. */
    private static void postgresTypes(ConfigurableEnvironment environment) {
        String url = environment.getProperty("spring.datasource.url", "");
        if (url.startsWith("jdbc:postgresql:")) {
            environment
                    .getPropertySources()
                    .addLast(new OriginTrackedMapPropertySource(
                            "PostgreSQL driver",
                            Map.of("spring.datasource.hikari.data-source-properties.stringtype", "unspecified")));
        }
    }

    @Override
    public int getOrder() {
        return ConfigDataEnvironmentPostProcessor.ORDER + 1;
    }

    /** Keys that rank below every other source, each remembering the variable it came from. */
    private static final class Defaults {

        private final ConfigurableEnvironment environment;
        private final Map<String, Object> keys = new LinkedHashMap<>();

        Defaults(ConfigurableEnvironment environment) {
            this.environment = environment;
        }

        boolean isSet(String key) {
            return StringUtils.hasText(environment.getProperty(key));
        }

        /** Empty variables count as unset, as in compose files that pass on what may be missing. */
        Optional<String> value(String variable) {
            return Optional.ofNullable(environment.getProperty(variable)).filter(StringUtils::hasText);
        }

        void put(String variable, String key, String value) {
            keys.put(key, OriginTrackedValue.of(value, new SystemEnvironmentOrigin(variable)));
        }

        void addTo(ConfigurableEnvironment target) {
            target.getPropertySources().addLast(new OriginTrackedMapPropertySource(SOURCE, Map.copyOf(keys), true));
        }
    }
}
