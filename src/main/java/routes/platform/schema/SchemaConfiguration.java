package routes.platform.schema;

import java.util.Map;

import org.springframework.boot.autoconfigure.flyway.FlywayConfigurationCustomizer;
import org.springframework.boot.jdbc.DatabaseDriver;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Sets the placeholder {@code ${jsonb}} of the migrations, which is the type of a JSON column. */
@Configuration(proxyBeanMethods = false)
public class SchemaConfiguration {

    /** Taken from the address rather than from the server, which may not be up yet. */
    @Bean
    FlywayConfigurationCustomizer jsonColumnType(Environment environment) {
        DatabaseDriver database = DatabaseDriver.fromJdbcUrl(environment.getProperty("spring.datasource.url"));
        String type = database == DatabaseDriver.POSTGRESQL ? "jsonb" : "text";
        return flyway -> flyway.placeholders(Map.of("jsonb", type));
    }
}
