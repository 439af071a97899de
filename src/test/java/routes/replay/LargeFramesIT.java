package routes.replay;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zeromq.SocketType;
import routes.platform.CaravanProcess;
import routes.platform.FreePort;

import static org.assertj.core.api.Assertions.assertThat;

/** Frames of hundreds of megabytes through the packaged application, whose heap holds a few of them. */
class LargeFramesIT {

    private static final int WITHIN = 200 << 20;
    private static final int BEYOND = 300 << 20;
    private static final List<String> HEAP = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx1g");

    private static final String REFUSED = "replay_messages_total{outcome=\"too_large\"} 1.0";

    @TempDir
    private Path folder;

    private final int ingress = FreePort.any();
    private final SavantSource small = new SavantSource("small", 5, 2_000);

    @Test
    @DisplayName(
            "a frame of 200 MB is recorded and sent by a job, one of 300 MB is refused; other sources and jobs go on")
    void largeFrames() throws Exception {
        try (CaravanProcess process = start();
                SavantReceiver sink = SavantReceiver.router();
                ZmqPeer camera = connect();
                ZmqPeer large = connect()) {
            process.awaitReady();
            record(camera, 0, 10);
            create(process, sink, "small", "'never'");
            assertThat(sink.awaitFrames("small", 10)).endsWith(9L);

            large.send(new SavantSource("large", 5, WITHIN).frame(0));
            record(camera, 10, 20);
            assertThat(sink.awaitFrames("small", 20)).endsWith(19L);
            awaitRecorded(process, "large");
            create(process, sink, "large", "'now'");
            sink.awaitFrames("large", 1);
            // Not isEqualTo: its message would have all of it
            assertThat(Arrays.equals(
                            sink.received("large").get(0).data().get(0),
                            new SavantSource("large", 5, WITHIN).picture()))
                    .isTrue();
            sink.received().clear();

            large.send(new SavantSource("large", 5, BEYOND).frame(1));
            record(camera, 20, 30);
            assertThat(sink.awaitFrames("small", 10)).endsWith(29L);
            patiently().until(() -> process.get("/actuator/prometheus").body().contains(REFUSED));
            assertThat(process.output())
                    .contains("Message dropped (too large)", "topic \"large\"")
                    .doesNotContain("OutOfMemoryError");
            assertThat(process.get("/replay/api/v1/status").body()).isEqualTo("\"running\"");
            assertThat(process.get("/replay/api/v1/job").body()).contains("\"small\"");
        }
    }

    private CaravanProcess start() {
        return CaravanProcess.start(
                folder,
                FreePort.any(),
                Path.of("target", "replay-large.log").toAbsolutePath(),
                HEAP,
                List.of(
                        "replay",
                        "--caravan.data-dir=" + folder.resolve("data"),
                        "--replay.storage.min-free-space=0B",
                        "--replay.in-stream.url=router+bind:tcp://127.0.0.1:" + ingress));
    }

    private ZmqPeer connect() {
        return ZmqPeer.connected(SocketType.DEALER, "tcp://127.0.0.1:" + ingress);
    }

    /** Until the end of the stream, which is no end to a job, is acknowledged. */
    private void record(ZmqPeer camera, int from, int to) {
        for (int frame = from; frame < to; frame++) {
            camera.send(small.frame(frame));
        }
        camera.send(small.endOfStream(to + 1));
        assertThat(camera.receive(60_000).map(ZmqPeer::texts)).contains(List.of("OK"));
    }

    private static void awaitRecorded(CaravanProcess process, String source) {
        patiently().until(() -> process.get("/replay/api/v1/sources/" + source).statusCode() == 200);
    }

    private static void create(CaravanProcess process, SavantReceiver sink, String source, String stop) {
        ObjectNode request = JobSamples.request(source, SavantSource.uuid(0), stop);
        request.withObject("/sink").put("url", sink.url());
        ObjectNode configuration = JobSamples.configuration(request)
                .put("resulting_stream_id", source)
                .put("skip_intermediary_eos", true);
        JobSamples.duration(configuration, "max_idle_duration", 300_000);
        JobSamples.duration(configuration, "max_delivery_duration", 60_000);
        var answer = process.send("PUT", "/replay/api/v1/job", request.toString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private static ConditionFactory patiently() {
        return Awaitility.await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(200));
    }
}
