package routes.replay;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import routes.component.framestore.FrameStore;
import routes.platform.media.PictureLimits;
import routes.platform.media.PictureRenderer;
import routes.platform.media.SyntheticCamera;
import routes.platform.media.VideoCodec;

/** Wires what pictures, clips and the cameras of the demo are made with. */
@Configuration
class ReplayMediaConfiguration {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Bean
    Thumbnails thumbnails(Supplier<FrameStore> store, ReplayProperties replay) {
        return new Thumbnails(
                store,
                new PictureRenderer(PictureLimits.DEFAULT),
                new Turnstile("thumbnails", replay.media().thumbnailsAtOnce(), PATIENCE));
    }

    @Bean
    ClipExports clipExports(Supplier<FrameStore> store, ReplayProperties replay) {
        return new ClipExports(store, new Turnstile("exports", replay.media().exportsAtOnce(), Duration.ZERO));
    }

    @Bean
    SampleCameras sampleCameras(ReplayProperties replay, Clock clock) {
        JobIds ids = new JobIds(clock, RandomGenerator.getDefault());
        return new SampleCameras(
                List.of("demo-1", "demo-2"),
                id -> new SampleCamera(id, replay.protocol().announced(), settings(replay.demo()), ids, clock));
    }

    /** A keyframe every two seconds. */
    private static SyntheticCamera.Settings settings(ReplayProperties.Demo demo) {
        return new SyntheticCamera.Settings(
                VideoCodec.H264, demo.width(), demo.height(), demo.framesPerSecond(), 2 * demo.framesPerSecond());
    }
}
