package routes.replay.demo;

import org.apache.camel.builder.RouteBuilder;

/** Two cameras that send to the ingress as Savant's sources do, so that replay can be watched without any (profile demo). */
class ReplayDemoRoutes extends RouteBuilder {

    private static final int MILLIS = 1000;

    private final SampleCameras cameras;
    private final int framesPerSecond;

    ReplayDemoRoutes(SampleCameras cameras, int framesPerSecond) {
        this.cameras = cameras;
        this.framesPerSecond = framesPerSecond;
    }

    @Override
    public void configure() {
        // A frame that cannot be sent is lost, as it is with a camera: the next one comes with the next tick.
        // Synchronous: the next frames are filmed when these are sent, so that none overtakes another. No fixed rate: a
        // camera that was late, as all are at the start, must not make up for it with a burst
        from("timer:replay-film-sample?synchronous=true&period=" + MILLIS / framesPerSecond)
                .routeId("replay-film-sample")
                .routeDescription("Sends a frame of each synthetic camera")
                .routeConfigurationId("retry-at-source")
                .autoStartup("{{replay.demo.enabled}}")
                .transform(method(cameras, "film"))
                .split(body())
                .id("each-sample-frame")
                .to("zeromq:{{replay.demo.url}}?socketType=DEALER")
                .id("send-sample-frame");
    }
}
