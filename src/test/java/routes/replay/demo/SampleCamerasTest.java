package routes.replay.demo;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.apache.camel.component.timer.TimerEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import routes.platform.media.SyntheticCamera;
import routes.platform.media.VideoCodec;
import routes.replay.RecordedVideo;
import routes.replay.job.JobIds;
import routes.replay.protocol.FrameHeader;

import static org.assertj.core.api.Assertions.assertThat;

/** The demo, as the ingress sees it. */
class SampleCamerasTest {

    @Test
    @DisplayName("CP22 The cameras of the demo send as Savant's sources do")
    void demoRoute() throws Exception {
        try (ZContext zeromq = new ZContext();
                SampleCameras cameras = cameras();
                DefaultCamelContext camel = new DefaultCamelContext()) {
            ZMQ.Socket ingress = zeromq.createSocket(SocketType.ROUTER);
            ingress.setReceiveTimeOut(20_000);
            int port = ingress.bindToRandomPort("tcp://127.0.0.1");
            camel.getPropertiesComponent().addInitialProperty("replay.demo.enabled", "true");
            camel.getPropertiesComponent().addInitialProperty("replay.demo.url", "tcp://127.0.0.1:" + port);
            camel.addRoutes(new ReplayDemoRoutes(cameras, 25));
            camel.start();

            List<FrameHeader> received = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                received.add(receive(ingress));
            }

            assertThat(received).extracting(FrameHeader::sourceId).containsOnly("demo-1", "demo-2");
            assertThat(received)
                    .extracting(frame -> frame.codec().orElseThrow())
                    .containsOnly("h264");
            List<FrameHeader> first = received.stream()
                    .filter(frame -> frame.sourceId().equals("demo-1"))
                    .toList();
            assertThat(first.get(0).isKeyframe()).isTrue();
            assertThat(first).extracting(FrameHeader::id).isSorted().doesNotHaveDuplicates();
            assertThat(first).extracting(FrameHeader::pts).startsWith(0L, 1L, 2L);
            assertThat(camel.getRoute("replay-film-sample").getEndpoint())
                    .asInstanceOf(InstanceOfAssertFactories.type(TimerEndpoint.class))
                    .as("CP22 a timer that does not make up for ticks it missed")
                    .returns(false, TimerEndpoint::isFixedRate);
            camel.stop();
        }
    }

    private static FrameHeader receive(ZMQ.Socket ingress) {
        assertThat(ingress.recv()).as("routing id").isNotNull();
        String topic = ingress.recvStr();
        FrameHeader header = RecordedVideo.header(ingress.recv());
        assertThat(ingress.recv()).isNotEmpty();
        assertThat(ingress.hasReceiveMore()).isFalse();
        assertThat(header.sourceId()).isEqualTo(topic);
        return header;
    }

    private static SampleCameras cameras() {
        JobIds ids = new JobIds(Clock.systemUTC(), new Random(3));
        SyntheticCamera.Settings settings = new SyntheticCamera.Settings(VideoCodec.H264, 320, 192, 25, 50);
        return new SampleCameras(
                List.of("demo-1", "demo-2"), id -> new SampleCamera(id, "1.15.1", settings, ids, Clock.systemUTC()));
    }
}
