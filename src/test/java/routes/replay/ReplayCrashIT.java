package routes.replay;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import routes.platform.CaravanProcess;
import routes.platform.FreePort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Pulls the plug while a source records over req/rep, where each frame is acknowledged, and while twenty paced jobs send
 * another recording. A failure tells its seed; {@code -Dcaravan.seed=…} chooses it again.
 */
class ReplayCrashIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int JOBS = 20;
    private static final int FRAMES_OF_A_JOB = 500;
    private static final Duration WINDOW = Duration.ofSeconds(5);

    @TempDir
    private Path folder;

    private final int httpPort = FreePort.any();
    private final int ingressPort = FreePort.any();
    private final int sinkPort = FreePort.any();

    @Test
    @DisplayName("RP50 RP110 2 kills lose no acknowledged frame, and 20 jobs go on to their ends")
    void shortSeries() throws Exception {
        killRepeatedly(2);
    }

    @Test
    @Tag("soak")
    @EnabledIfEnvironmentVariable(named = "CARAVAN_SOAK", matches = "true")
    @DisplayName("RP50 RP110 10 kills lose no acknowledged frame, and 20 jobs go on to their ends")
    void longSeries() throws Exception {
        killRepeatedly(10);
    }

    private void killRepeatedly(int kills) throws Exception {
        long seed = Long.getLong("caravan.seed", System.nanoTime());
        Random random = new Random(seed);
        SavantSource archive = new SavantSource("archive", 25, 2_000);
        SavantSource live = new SavantSource("live", 25, 20_000);
        try (SinkOfJobs sink = new SinkOfJobs(sinkPort);
                PersistentSource source = new PersistentSource(live, ingressPort)) {
            for (int kill = 0; kill < kills; kill++) {
                try (CaravanProcess run = start()) {
                    run.awaitReady();
                    if (kill == 0) {
                        record(archive, JOBS + FRAMES_OF_A_JOB);
                        startJobs(run, archive);
                        sink.awaitAny(Duration.ofMinutes(1));
                        source.start();
                    }
                    run.killAfter(Duration.ofMillis(random.nextLong(WINDOW.toMillis())));
                }
            }
            try (CaravanProcess last = start()) {
                last.awaitReady();
                long acknowledged = source.stopAfterAnother(10, Duration.ofMinutes(1));
                awaitEndOfJobs(last, seed);
                assertEveryJobComplete(sink, seed);
                assertRecorded(last, sink, live, acknowledged, seed);
            }
        }
    }

    private CaravanProcess start() {
        return CaravanProcess.start(
                folder,
                httpPort,
                Path.of("target", "replay-crash.log").toAbsolutePath(),
                List.of(
                        "--caravan.data-dir=" + folder.resolve("data"),
                        "--caravan.local.redis.port=0",
                        "--caravan.local.s3.port=0",
                        "--caravan.local.jms.port=0",
                        "--replay.in-stream.url=rep+bind:tcp://127.0.0.1:" + ingressPort,
                        "--replay.jobs.max-running=" + 2 * JOBS,
                        "--replay.jobs.max-per-sink=" + 2 * JOBS,
                        "--replay.jobs.max-per-source=" + 2 * JOBS));
    }

    private void record(SavantSource recording, int frames) throws Exception {
        try (PersistentSource source = new PersistentSource(recording, ingressPort)) {
            source.start();
            source.stopAfterAnother(frames, Duration.ofMinutes(2));
        }
    }

    private void startJobs(CaravanProcess run, SavantSource archive) {
        for (int job = 0; job < JOBS; job++) {
            startJob(run, archive, "job-" + job, true, "{\"frame_count\":" + FRAMES_OF_A_JOB + "}");
        }
    }

    private void startJob(CaravanProcess run, SavantSource source, String result, boolean paced, String stop) {
        var answer = run.send(
                "PUT",
                "/replay/api/v1/job",
                """
                {"sink":{"url":"dealer+connect:tcp://127.0.0.1:%d"},
                 "configuration":{"ts_sync":%b,"skip_intermediary_eos":true,"send_eos":true,"stop_on_incorrect_ts":false,
                  "ts_discrepancy_fix_duration":{"secs":0,"nanos":40000000},
                  "min_duration":{"secs":0,"nanos":0},"max_duration":{"secs":1,"nanos":0},
                  "stored_stream_id":"%s","resulting_stream_id":"%s","routing_labels":"bypass",
                  "max_idle_duration":{"secs":30,"nanos":0},"max_delivery_duration":{"secs":30,"nanos":0},
                  "send_metadata_only":false},
                 "stop_condition":%s,"anchor_keyframe":"%s","offset":{"blocks":0},"attributes":[]}
                """
                        .formatted(sinkPort, paced, source.id(), result, stop, SavantSource.uuid(0)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private static void awaitEndOfJobs(CaravanProcess run, long seed) {
        Awaitility.await("all jobs end; seed " + seed)
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> jobs(run, "/replay/api/v1/job", "jobs").isEmpty());
    }

    private static JsonNode jobs(CaravanProcess run, String path, String field) throws Exception {
        return JSON.readTree(run.get(path).body()).path(field);
    }

    private static void assertEveryJobComplete(SinkOfJobs sink, long seed) {
        for (int job = 0; job < JOBS; job++) {
            assertThat(new TreeSet<>(sink.framesOf("job-" + job)))
                    .as("frames of job %d; seed %d", job, seed)
                    .containsExactlyElementsOf(
                            LongStream.range(0, FRAMES_OF_A_JOB).boxed().toList());
        }
    }

    /** Everything that was acknowledged comes out again, in order; what was asked twice may be there twice. */
    private void assertRecorded(CaravanProcess run, SinkOfJobs sink, SavantSource live, long acknowledged, long seed) {
        startJob(
                run,
                live,
                "recorded",
                false,
                "{\"last_frame\":{\"uuid\":\"%s\"}}".formatted(SavantSource.uuid(acknowledged - 1)));
        awaitEndOfJobs(run, seed);
        List<Long> recorded = sink.framesOf("recorded");
        assertThat(recorded).as("seed " + seed).isSorted();
        assertThat(recorded)
                .as("seed " + seed)
                .containsAll(LongStream.range(0, acknowledged).boxed().toList());
        assertThat(IntStream.range(1, recorded.size())
                        .filter(i -> recorded.get(i).equals(recorded.get(i - 1)))
                        .count())
                .as("frames stored twice; seed " + seed)
                .isLessThanOrEqualTo(20);
    }
}
