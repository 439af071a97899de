package routes.imaging.demo;

import java.time.Duration;

import org.apache.camel.builder.RouteBuilder;

/** A sample microscope, so that Caravan can be watched at work without one (profile {@code demo}). */
class DemoRoutes extends RouteBuilder {

    private final SampleMicroscope microscope;
    private final Duration interval;

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
