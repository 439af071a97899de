package routes.imaging.demo;

import java.time.Duration;

import org.apache.camel.builder.RouteBuilder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import routes.imaging.ImagingProperties;

/** A sample microscope, so that Caravan can be watched at work without one (profile {@code demo}). */
@Component
class DemoRoutes extends RouteBuilder {

    private final SampleMicroscope microscope;
    private final Duration interval;

    @Autowired
    DemoRoutes(SampleMicroscope microscope, ImagingProperties imaging) {
        this(microscope, imaging.demo().interval());
    }

    DemoRoutes(SampleMicroscope microscope, Duration interval) {
        this.microscope = microscope;
        this.interval = interval;
    }

    @Override
    public void configure() {
        // A time step that cannot be written is not tried again: the next one comes with the next tick.
        from("timer:imaging-make-sample?period=" + interval.toMillis())
                .routeId("imaging-make-sample")
                .routeDescription("Writes a sample time step, for each system in turn")
                .routeConfigurationId("retry-at-source")
                .autoStartup("{{imaging.demo.enabled}}")
                .bean(microscope, "takeTimeStep")
                .log("Sample time step ${body}");
    }
}
