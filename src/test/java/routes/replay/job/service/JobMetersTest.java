package routes.replay.job.service;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.replay.JobSamples;
import routes.replay.JobsWorkflowTest;
import routes.replay.RecordedSource;
import routes.replay.RunningReplay;
import routes.replay.SavantReceiver;

import static org.assertj.core.api.Assertions.assertThat;

class JobMetersTest {

    @TempDir
    private Path data;

    @Test
    @DisplayName(
            "RX19 jobs have meters of their own, up to a bound, that vanish with them; the sums have all jobs, and "
                    + "after a restart only what was sent since")
    void meters() throws Exception {
        try (SavantReceiver sink = SavantReceiver.router()) {
            UUID second;
            try (RunningReplay replay = RunningReplay.start(data, "replay.jobs.metered=1")) {
                replay.source("cam-1").block(50);
                UUID first = replay.create(request(sink, "out-1"));
                second = replay.create(request(sink, "out-2"));
                patiently().until(() -> counted(replay, "replay.jobs.frames", Map.of()) == 100);

                assertThat(counted(replay, "replay.jobs.bytes", Map.of())).isGreaterThan(100);
                assertThat(value(replay, "replay.jobs", Map.of("state", "running")))
                        .isEqualTo(2);
                patiently().until(() -> value(replay, "replay.job.frames", Map.of("job", first.toString())) == 50);
                assertThat(value(replay, "replay.job.bytes", Map.of("source", "cam-1")))
                        .isPositive();
                assertThat(value(replay, "replay.job.lag", Map.of("job", first.toString())))
                        .isZero();
                assertThat(gauges(replay, "replay.job.frames")).hasSize(1);

                replay.call("POST", "/jobs/" + first + "/pause", null).ok();
                patiently().until(() -> value(replay, "replay.job.state", Map.of("state", "paused")) == 1);
                assertThat(gauges(replay, "replay.job.state")).hasSize(1);
                assertThat(prometheus(replay))
                        .contains(
                                "replay_jobs{state=\"paused\"}",
                                "replay_jobs_frames_total",
                                "replay_jobs_bytes_total",
                                "replay_jobs_ended_total{state=\"failed\"}",
                                "replay_job_lag_seconds{job=\"" + first,
                                "replay_job_frames{job=\"" + first,
                                "replay_job_bytes{job=\"" + first,
                                "replay_job_state{job=\"" + first,
                                "camel_exchanges_total{",
                                "camel_exchange_event_notifier_seconds_count{");
                assertThat(prometheus(replay).lines())
                        .as("each route of a job would leave timers and counters of Camel behind")
                        .noneMatch(line -> line.contains("routeId=\"replay-job-")
                                && !line.startsWith("camel_exchanges_inflight{"));

                replay.call("DELETE", "/job/" + first, null).ok();
                patiently().until(() -> value(replay, "replay.job.frames", Map.of("job", second.toString())) == 50);
                assertThat(gauges(replay, "replay.job.frames")).hasSize(1);
                assertThat(prometheus(replay)).doesNotContain(first.toString());
                assertThat(counted(replay, "replay.jobs.ended", Map.of("state", "cancelled")))
                        .isEqualTo(1);
            }
            try (RunningReplay replay = RunningReplay.start(data, "replay.jobs.metered=1")) {
                replay.await(second, "running");
                RecordedSource.in(replay.store(), "cam-1").block(1);

                patiently().until(() -> counted(replay, "replay.jobs.frames", Map.of()) > 0);
                assertThat(counted(replay, "replay.jobs.frames", Map.of())).isEqualTo(1);
                patiently().until(() -> value(replay, "replay.job.frames", Map.of("job", second.toString())) == 51);
                assertLag(replay, sink);
            }
        }
    }

    private static void assertLag(RunningReplay replay, SavantReceiver sink) {
        replay.call("GET", "/job", null).ok().get("jobs").forEach(job -> replay.call(
                        "DELETE", "/job/" + job.get(0).textValue(), null)
                .ok());
        replay.source("cam-2").block(20);
        ObjectNode slow = JobsWorkflowTest.request("cam-2", 0, "'never'", sink.url(), "out-slow");
        ObjectNode configuration = JobSamples.configuration(slow);
        configuration.put("ts_sync", true);
        JobSamples.duration(configuration, "min_duration", 1_000);
        JobSamples.duration(configuration, "max_duration", 60_000);
        UUID job = replay.create(slow);
        sink.awaitFrames("out-slow", 1);
        replay.call("POST", "/jobs/" + job + "/pause", null).ok();

        patiently()
                .until(() -> value(replay, "replay.job.lag", Map.of("job", job.toString()))
                        == replay.detail(job).get("lag_ms").longValue() / 1000.0);
        assertThat(replay.detail(job).get("lag_ms").longValue()).isPositive();
    }

    private static ObjectNode request(SavantReceiver sink, String resultingId) {
        return JobsWorkflowTest.request("cam-1", 0, "'never'", sink.url(), resultingId);
    }

    private static double counted(RunningReplay replay, String name, Map<String, String> tags) {
        return replay.bean(MeterRegistry.class)
                .get(name)
                .tags(tags(tags))
                .counter()
                .count();
    }

    private static Collection<Gauge> gauges(RunningReplay replay, String name) {
        return replay.bean(MeterRegistry.class).find(name).gauges();
    }

    /** -1 where there is none. */
    private static double value(RunningReplay replay, String name, Map<String, String> tags) {
        Gauge gauge =
                replay.bean(MeterRegistry.class).find(name).tags(tags(tags)).gauge();
        return gauge == null ? -1 : gauge.value();
    }

    private static String[] tags(Map<String, String> tags) {
        return tags.entrySet().stream()
                .flatMap(tag -> Stream.of(tag.getKey(), tag.getValue()))
                .toArray(String[]::new);
    }

    private static String prometheus(RunningReplay replay) throws IOException, InterruptedException {
        URI uri = replay.uri("/").resolve("/actuator/prometheus");
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static ConditionFactory patiently() {
        return Awaitility.await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(50));
    }
}
