package routes.platform.security;

import java.net.InetAddress;
import java.net.UnknownHostException;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.util.StringUtils;
import routes.platform.ConfigurationException;

/** Refuses to start when other machines could reach a server without a login. Runs before anything listens. */
class BindAddressCheck implements EnvironmentPostProcessor, Ordered {

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        if (application.getWebApplicationType() == WebApplicationType.NONE || loginRequired(environment)) {
            return;
        }
        check("server.address", environment.getProperty("server.address"));
        String management = environment.getProperty("management.server.address");
        if (environment.containsProperty("management.server.port")) {
            check("management.server.address", management);
        }
    }

    /** Whether any login is configured. */
    private static boolean loginRequired(ConfigurableEnvironment environment) {
        return environment.containsProperty("caravan.security.users[0].name")
                || StringUtils.hasText(environment.getProperty("spring.security.oauth2.resourceserver.jwt.issuer-uri"));
    }

    private static void check(String key, @Nullable String address) {
        if (!StringUtils.hasText(address) || !isLoopback(address)) {
            throw new ConfigurationException(
                    "%s %s is reachable from other machines, but nobody is configured who may log in."
                            .formatted(key, StringUtils.hasText(address) ? address : "(unset: all interfaces)"),
                    "Set caravan.security.users or spring.security.oauth2.resourceserver.jwt.issuer-uri"
                            + " (docs/security.md), or " + key + " to 127.0.0.1.");
        }
    }

    private static boolean isLoopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new ConfigurationException(
                    "server.address \"" + address + "\" is no address of this machine.",
                    "Set it to an IP address, such as 127.0.0.1.",
                    e);
        }
    }

    @Override
    public int getOrder() {
        return ConfigDataEnvironmentPostProcessor.ORDER + 3;
    }
}
