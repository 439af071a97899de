package routes.platform.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;

import org.apache.camel.CamelContext;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.springframework.stereotype.Component;

/** Watches {@code caravan.routes-directory} for a site's own routes. What is there at the start, Camel itself loads. */
@Component
class RoutesDirectory implements CamelContextConfiguration {

    private final CaravanProperties caravan;

    RoutesDirectory(CaravanProperties caravan) {
        this.caravan = caravan;
    }

    @Override
    public void beforeApplicationStart(CamelContext context) {
        try {
            // A folder that appears later would not be watched.
            Files.createDirectories(caravan.routesDirectory());
            CarefulRouteReload reload = new CarefulRouteReload();
            reload.setFolder(caravan.routesDirectory().toString());
            reload.setPattern("*.yaml,*.yml");
            context.addService(reload);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make caravan.routes-directory " + caravan.routesDirectory(), e);
        } catch (Exception e) {
            throw new IllegalStateException("cannot watch caravan.routes-directory " + caravan.routesDirectory(), e);
        }
    }

    @Override
    public void afterApplicationStart(CamelContext context) {}
}
