package routes.platform.config;

import java.net.InetSocketAddress;
import java.util.Map;

import org.springframework.core.env.Environment;

/** Ports that a start needs and cannot do without; found through {@code spring.factories}. */
@FunctionalInterface
public interface Listeners {

    /** By configuration key, the address that will be listened on; port 0 where any will do. */
    Map<String, InetSocketAddress> listeners(Environment environment);
}
