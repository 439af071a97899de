package routes.platform.rest;

import java.time.Clock;
import java.util.Set;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.actuate.autoconfigure.security.servlet.ManagementWebSecurityAutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.flyway.FlywayAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.autoconfigure.jms.artemis.ArtemisAutoConfiguration;
import org.springframework.boot.autoconfigure.security.servlet.SecurityAutoConfiguration;
import org.springframework.boot.autoconfigure.security.servlet.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;
import routes.platform.errors.ErrorClassifier;

/** The REST conventions and health alone, with stub routes: no database, no broker, no login. */
@SpringBootConfiguration
@TestComponent // keeps it out of the real application's component scan
@Import(StubRoutes.class)
@EnableAutoConfiguration(
        exclude = {
            DataSourceAutoConfiguration.class,
            FlywayAutoConfiguration.class,
            ArtemisAutoConfiguration.class,
            SecurityAutoConfiguration.class,
            UserDetailsServiceAutoConfiguration.class,
            ManagementWebSecurityAutoConfiguration.class
        })
@ComponentScan({"routes.platform.rest", "routes.platform.health", "routes.platform.metrics"})
@ConfigurationPropertiesScan({"routes.platform.rest", "routes.platform.health"})
public class RestTestApplication {

    @Bean
    ErrorClassifier errorClassifier() {
        return new ErrorClassifier(Set.of(IllegalArgumentException.class), Set.of());
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}
