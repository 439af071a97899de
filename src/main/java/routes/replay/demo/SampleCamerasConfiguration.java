package routes.replay.demo;

import java.time.Clock;
import java.util.List;
import java.util.random.RandomGenerator;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import routes.platform.media.SyntheticCamera;
import routes.platform.media.VideoCodec;
import routes.replay.ReplayProperties;
import routes.replay.job.JobIds;

/** Wires the cameras of the demo, where they are switched on. */
@Configuration
@ConditionalOnProperty("replay.demo.enabled")
class SampleCamerasConfiguration {

    @Bean
    SampleCameras sampleCameras(ReplayProperties replay, Clock clock) {
        JobIds ids = new JobIds(clock, RandomGenerator.getDefault());
        return new SampleCameras(
                List.of("demo-1", "demo-2"),
                id -> new SampleCamera(id, replay.protocol().announced(), settings(replay.demo()), ids, clock));
    }

    @Bean
    ReplayDemoRoutes replayDemoRoutes(SampleCameras cameras, ReplayProperties replay) {
        return new ReplayDemoRoutes(cameras, replay.demo().framesPerSecond());
    }

    /** A keyframe every two seconds. */
    private static SyntheticCamera.Settings settings(ReplayProperties.Demo demo) {
        return new SyntheticCamera.Settings(
                VideoCodec.H264, demo.width(), demo.height(), demo.framesPerSecond(), 2 * demo.framesPerSecond());
    }
}
