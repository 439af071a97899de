package routes.platform.schema;

import java.util.Map;

import org.springframework.boot.autoconfigure.flyway.FlywayConfigurationCustomizer;
import org.springframework.boot.jdbc.DatabaseDriver;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

/** Sets the placeholder {@code ${jsonb}} of the migrations, which is the type of a JSON column, and makes transactions. */
@Configuration(proxyBeanMethods = false)
public class SchemaConfiguration {

    /** Taken from the address rather than from the server, which may not be up yet. */
    @Bean
    FlywayConfigurationCustomizer jsonColumnType(Environment environment) {
        DatabaseDriver database = DatabaseDriver.fromJdbcUrl(environment.getProperty("spring.datasource.url"));
        String type = database == DatabaseDriver.POSTGRESQL ? "jsonb" : "text";
        return flyway -> flyway.placeholders(Map.of("jsonb", type));
    }

    /** Instead of Boot's auto-configuration, which also searches every bean for annotations of transactions. */
    @Bean
    TransactionOperations transactions(PlatformTransactionManager manager) {
        return new TransactionTemplate(manager);
    }
}
