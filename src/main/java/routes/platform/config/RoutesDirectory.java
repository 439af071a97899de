package routes.platform.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.apache.camel.CamelContext;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.springframework.stereotype.Component;
import routes.platform.ConfigurationException;

/**
 * Watches {@code caravan.routes-directory} for a site's own routes. What is there at the start, Camel itself loads.
 *
 * <p>That it asks for the Camel context has a second effect, on which {@code RoutesDirectoryTest} keeps an eye: the
 * context is made before Camel's supervising route controller. Were the controller first, it would cause the context to
 * be made in the middle of its own making, when it cannot be found yet, and nobody would supervise.
 */
@Component
class RoutesDirectory implements CamelContextConfiguration {

    private final Path directory;

    RoutesDirectory(CaravanProperties caravan, CamelContext camel) {
        this.directory = caravan.routesDirectory();
        make(directory);
    }

    @Override
    public void beforeApplicationStart(CamelContext camel) {}

    @Override
    public void afterApplicationStart(CamelContext camel) {
        CarefulRouteReload reload = new CarefulRouteReload();
        reload.setFolder(directory.toString());
        reload.setPattern("*.yaml");
        try {
            camel.addService(reload);
        } catch (Exception e) {
            throw new IllegalStateException("cannot watch caravan.routes-directory " + directory, e);
        }
    }

    /** Camel wants it when it collects routes, and one that appears later would not be watched. */
    private static void make(Path directory) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new ConfigurationException(
                    "caravan.routes-directory %s cannot be made: %s".formatted(directory, e),
                    "Set it to a folder that exists or may be made.",
                    e);
        }
    }
}
