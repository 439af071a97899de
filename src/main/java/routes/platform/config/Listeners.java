package routes.platform.config;

import java.net.InetSocketAddress;
import java.util.Map;

import org.springframework.core.env.Environment;

/** The ports that must be free at start; found through {@code spring.factories}. */
@FunctionalInterface
public interface Listeners {

    /** The address to listen on, by configuration key; port 0 stands for any free port. */
    Map<String, InetSocketAddress> listeners(Environment environment);
}
