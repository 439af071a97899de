package routes.replay;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.replay.job.service.JobComponent;

import static org.assertj.core.api.Assertions.assertThat;

/** Applications that are stopped in the middle of jobs, and started again on the same folder; and their limits. */
class JobRestartTest {

    @TempDir
    Path data;

    @Test
    @DisplayName("RP110 RX1 a running job goes on after a restart: nothing is left out, its condition counts on")
    void restart() {
        try (SavantReceiver sink = SavantReceiver.router()) {
            UUID running;
            UUID paused;
            UUID ended;
            try (RunningReplay replay = RunningReplay.start(data)) {
                replay.source("cam-1").block(300);
                ObjectNode request = request(sink, "out-running", "{'frame_count': 150}");
                JobSamples.configuration(request).put("ts_sync", true).put("send_eos", true);
                running = replay.create(request);
                sink.awaitFrames("out-running", 20);
                // However slow this machine is, the job is not at its end when the application stops
                speed(replay, running, 0.01);
                paused = replay.create(request(sink, "out-paused", "{'frame_count': 301}"));
                ended = replay.create(request(sink, "out-ended", "{'frame_count': 10}"));
                replay.await(ended, "completed");
                sink.awaitFrames("out-paused", 300);
                replay.call("POST", "/jobs/" + paused + "/pause", null).ok();
            }
            int before = sink.frames("out-running").size();
            assertThat(before).isLessThan(150);
            try (RunningReplay replay = RunningReplay.start(data)) {
                speed(replay, running, 1);
                JsonNode completed = replay.await(running, "completed");
                assertThat(completed.get("frames").longValue()).isEqualTo(150);
                List<Long> frames = new ArrayList<>(sink.frames("out-running"));
                assertThat(frames.remove(frames.size() - 1)).isEqualTo(-1);
                assertThat(frames.stream().distinct())
                        .containsExactlyElementsOf(
                                LongStream.range(0, 150).boxed().toList());
                // Only what was not written down as sent came again
                assertThat(frames).hasSizeLessThan(before + 150);
                assertThat(replay.detail(ended).get("state").textValue()).isEqualTo("completed");
                assertThat(replay.detail(paused).get("state").textValue()).isEqualTo("paused");
                replay.call("POST", "/jobs/" + paused + "/resume", null).ok();
                RecordedSource.in(replay.store(), "cam-1").frame(false);
                replay.await(paused, "completed");
                assertThat(sink.frames("out-paused")).hasSize(301);
            }
        }
    }

    private static void speed(RunningReplay replay, UUID job, double factor) {
        // Jobs are taken up again a moment after the start
        patiently()
                .until(() -> replay.call("PATCH", "/jobs/" + job + "/speed", Json.of("{'factor': " + factor + "}"))
                                .status()
                        == 200);
    }

    @Test
    @DisplayName("RX3 limits: jobs wait for their turn, by priority; a full queue refuses")
    void limits() {
        try (SavantReceiver sink = SavantReceiver.router();
                RunningReplay replay = RunningReplay.start(
                        data, "replay.jobs.max-running=2", "replay.jobs.max-per-sink=1", "replay.jobs.queue-size=2")) {
            replay.source("cam-1").block(5);
            UUID first = replay.create(request(sink, "out-first", "'never'"));
            replay.await(first, "running");
            UUID low = replay.create(request(sink, "out-low", "'never'"));
            UUID high = replay.create(request(sink, "out-high", "'never'").put("priority", 5));
            replay.await(low, "queued");
            replay.await(high, "queued");
            RunningReplay.Answer refused = replay.call("PUT", "/job", request(sink, "out-more", "'never'"));
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.body().toString()).contains("replay.jobs.queue-size");

            replay.call("DELETE", "/job/" + first, null).ok();
            replay.await(high, "running");
            assertThat(replay.detail(low).get("state").textValue()).isEqualTo("queued");
            replay.call("DELETE", "/job/" + low, null).ok();
            assertThat(replay.await(low, "cancelled").get("frames").longValue()).isZero();
            try (SavantReceiver other = SavantReceiver.router();
                    SavantReceiver third = SavantReceiver.router()) {
                UUID elsewhere = replay.create(request(other, "out-other", "'never'"));
                replay.await(elsewhere, "running");
                UUID beyond = replay.create(request(third, "out-beyond", "'never'"));
                patiently()
                        .until(() ->
                                replay.detail(beyond).get("state").textValue().equals("queued"));
            }
        }
    }

    @Test
    @DisplayName("RX3 RX6 a paused job gives its place to another, and queues for its next one")
    void pausedGivesItsPlace() throws Exception {
        try (SavantReceiver sink = SavantReceiver.router();
                RunningReplay replay = RunningReplay.start(data, "replay.jobs.max-running=1")) {
            RecordedSource camera = replay.source("cam-1");
            camera.block(5);
            UUID first = replay.create(request(sink, "out-first", "{'frame_count': 8}"));
            sink.awaitFrames("out-first", 5);
            UUID second = replay.create(request(sink, "out-second", "'never'"));
            replay.await(second, "queued");

            replay.call("POST", "/jobs/" + first + "/pause", null).ok();
            replay.await(second, "running");
            assertThat(sink.awaitFrames("out-second", 5)).hasSize(5);
            assertThat(replay.detail(first).get("state").textValue()).isEqualTo("paused");

            replay.call("POST", "/jobs/" + first + "/resume", null).ok();
            assertThat(replay.detail(first).get("state").textValue()).isEqualTo("queued");
            camera.frame(false);
            sink.awaitFrames("out-second", 6);
            assertThat(sink.frames("out-first")).hasSize(5);

            // In Hawtio as over HTTP
            replay.camel().getRouteController().suspendRoute(JobComponent.routeId(second));
            assertThat(sink.awaitFrames("out-first", 6)).endsWith(5L);
            replay.camel().getRouteController().resumeRoute(JobComponent.routeId(second));
            replay.await(second, "queued");
            camera.block(2);
            replay.await(first, "completed");
            assertThat(sink.frames("out-first")).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L);
            assertThat(sink.awaitFrames("out-second", 8)).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L);
        }
    }

    private static ObjectNode request(SavantReceiver sink, String resultingId, String stopCondition) {
        return JobsWorkflowTest.request("cam-1", 0, stopCondition, sink.url(), resultingId);
    }

    private static ConditionFactory patiently() {
        return Awaitility.await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(20));
    }
}
