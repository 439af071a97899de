package routes.platform;

import org.springframework.boot.actuate.autoconfigure.security.servlet.ManagementWebSecurityAutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.jms.artemis.ArtemisAutoConfiguration;
import org.springframework.boot.autoconfigure.security.oauth2.resource.servlet.OAuth2ResourceServerAutoConfiguration;
import org.springframework.boot.autoconfigure.security.servlet.SecurityAutoConfiguration;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;

/** The error policy, the dead letters with their API, and the leases with a database; nothing else of Caravan. */
@EnableAutoConfiguration(
        exclude = {
            ArtemisAutoConfiguration.class,
            SecurityAutoConfiguration.class,
            ManagementWebSecurityAutoConfiguration.class,
            OAuth2ResourceServerAutoConfiguration.class
        })
@ComponentScan(
        basePackages = {
            "routes.platform.errors",
            "routes.platform.rest",
            "routes.platform.cluster",
            "routes.platform.schema"
        },
        excludeFilters = {
            @ComponentScan.Filter(type = FilterType.REGEX, pattern = ".*Test\\$.*"),
            @ComponentScan.Filter(type = FilterType.CUSTOM, classes = TypeExcludeFilter.class)
        })
@ConfigurationPropertiesScan("routes.platform.rest")
public class PlatformSlice {}
