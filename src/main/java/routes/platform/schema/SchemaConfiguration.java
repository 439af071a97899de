package routes.platform.schema;

import java.util.Map;

import org.springframework.boot.autoconfigure.flyway.FlywayConfigurationCustomizer;
import org.springframework.boot.jdbc.DatabaseDriver;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Gives the migrations their placeholder {@code ${jsonb}}: the type of a JSON column. */
@Configuration(proxyBeanMethods = false)
public class SchemaConfiguration {

    /** Read from the address and not asked of the server, which may not be up yet. */
    @Bean
    FlywayConfigurationCustomizer jsonColumnType(Environment environment) {
        DatabaseDriver database = DatabaseDriver.fromJdbcUrl(environment.getProperty("spring.datasource.url"));
        String type = database == DatabaseDriver.POSTGRESQL ? "jsonb" : "text";
        return flyway -> flyway.placeholders(Map.of("jsonb", type));
    }
}
