package routes.platform.sql;

import java.util.Map;

import org.springframework.boot.autoconfigure.flyway.FlywayConfigurationCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * Column types that the databases spell differently, as placeholders of the migrations. {@code ${jsonb}} is text on
 * H2, since text that is bound to H2's JSON type becomes a JSON string instead of being parsed.
 */
@Configuration
class ColumnTypes {

    @Bean
    FlywayConfigurationCustomizer columnTypePlaceholders(Environment environment) {
        boolean postgres = environment.getProperty("spring.datasource.url", "").startsWith("jdbc:postgresql:");
        return flyway -> flyway.placeholders(Map.of("jsonb", postgres ? "jsonb" : "text"));
    }
}
