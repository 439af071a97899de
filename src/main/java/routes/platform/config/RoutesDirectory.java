package routes.platform.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.apache.camel.CamelContext;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.springframework.stereotype.Component;
import routes.platform.ConfigurationException;

/** Watches {@code caravan.routes-directory} for a site's own routes. What is there at the start, Camel itself loads. */
@Component
class RoutesDirectory implements CamelContextConfiguration {

    private final Path directory;

    RoutesDirectory(CaravanProperties caravan) {
        this.directory = caravan.routesDirectory();
        try {
            // Here, because Camel wants it when it collects routes; and one that appears later would not be watched.
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new ConfigurationException(
                    "caravan.routes-directory %s cannot be made: %s".formatted(directory, e),
                    "Set it to a folder that exists or may be made.",
                    e);
        }
    }

    @Override
    public void beforeApplicationStart(CamelContext context) {
        CarefulRouteReload reload = new CarefulRouteReload();
        reload.setFolder(directory.toString());
        reload.setPattern("*.yaml");
        try {
            context.addService(reload);
        } catch (Exception e) {
            throw new IllegalStateException("cannot watch caravan.routes-directory " + directory, e);
        }
    }

    @Override
    public void afterApplicationStart(CamelContext context) {}
}
