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
import com.fasterxml.jackson.databind.node.ObjectNode;
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
    private static final long FIRST_PTS = 1_000_000;
    private static final Duration WINDOW = Duration.ofSeconds(5);

    @TempDir
    private Path folder;

    private final int httpPort = FreePort.any();
    private final int ingressPort = FreePort.any();

    @Test
    @DisplayName("RP50 RP110 RX22 2 kills lose no acknowledged frame, 20 jobs go on to their ends, timestamps too")
    void shortSeries() throws Exception {
        killRepeatedly(2);
    }

    @Test
    @Tag("soak")
    @EnabledIfEnvironmentVariable(named = "CARAVAN_SOAK", matches = "true")
    @DisplayName("RP50 RP110 RX22 10 kills lose no acknowledged frame, 20 jobs go on to their ends, timestamps too")
    void longSeries() throws Exception {
        killRepeatedly(10);
    }

    private void killRepeatedly(int kills) throws Exception {
        long seed = Long.getLong("caravan.seed", System.nanoTime());
        Random random = new Random(seed);
        SavantSource archive = new SavantSource("archive", 25, 2_000);
        SavantSource live = new SavantSource("live", 25, 20_000);
        try (SavantReceiver sink = SavantReceiver.router(FreePort.any());
                PersistentSource source = new PersistentSource(live, ingressPort)) {
            for (int kill = 0; kill < kills; kill++) {
                try (CaravanProcess run = start()) {
                    run.awaitReady();
                    if (kill == 0) {
                        record(archive, JOBS + FRAMES_OF_A_JOB);
                        startJobs(run, archive, sink);
                        awaitAny(sink);
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
                        "--imaging.enabled=false",
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

    private static void startJobs(CaravanProcess run, SavantSource archive, SavantReceiver sink) {
        for (int job = 0; job < JOBS; job++) {
            ObjectNode request =
                    request(archive, sink, "job-" + job, true, "{\"frame_count\":" + FRAMES_OF_A_JOB + "}");
            new JobClient(run).start(isContiguous(job) ? inTwoStretches(request) : request);
        }
    }

    private static boolean isContiguous(int job) {
        return job % 2 == 1;
    }

    /** The same frames, with timestamps of the job's own. */
    private static ObjectNode inTwoStretches(ObjectNode request) {
        int half = FRAMES_OF_A_JOB / 2;
        request.withObject("/contiguous_pts").put("start", FIRST_PTS);
        request.withObject("/stop_condition").put("frame_count", half);
        request.withArray("/playlist")
                .addObject()
                .put("anchor_keyframe", SavantSource.uuid(half).toString())
                .putObject("stop_condition")
                .put("frame_count", FRAMES_OF_A_JOB - half);
        return request;
    }

    private static ObjectNode request(
            SavantSource source, SavantReceiver sink, String result, boolean paced, String stop) {
        ObjectNode request = JobClient.request(source.id(), SavantSource.uuid(0), sink.url(), result, paced, stop);
        JobSamples.configuration(request).put("send_eos", true);
        return request;
    }

    private static void awaitAny(SavantReceiver sink) {
        Awaitility.await("a first frame").atMost(Duration.ofMinutes(1)).until(() -> !sink.received()
                .isEmpty());
    }

    /** Without ends of streams. */
    private static List<Long> framesOf(SavantReceiver sink, String topic) {
        return sink.frames(topic).stream().filter(frame -> frame >= 0).toList();
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

    private static void assertEveryJobComplete(SavantReceiver sink, long seed) {
        for (int job = 0; job < JOBS; job++) {
            assertThat(new TreeSet<>(framesOf(sink, "job-" + job)))
                    .as("frames of job %d; seed %d", job, seed)
                    .containsExactlyElementsOf(
                            LongStream.range(0, FRAMES_OF_A_JOB).boxed().toList());
            assertTimestamps(sink, job, seed);
        }
    }

    /** Also what was sent again has the same, whether the process knew before that it was sent or not. */
    private static void assertTimestamps(SavantReceiver sink, int job, long seed) {
        long first = isContiguous(job) ? FIRST_PTS : 0;
        assertThat(sink.received("job-" + job))
                .as("timestamps of job %d; seed %d", job, seed)
                .filteredOn(received -> received.frame() >= 0)
                .allSatisfy(received -> assertThat(
                                received.message().header().orElseThrow().pts())
                        .isEqualTo(first + received.frame() * SavantSource.TICKS_PER_FRAME));
    }

    /** Everything that was acknowledged comes out again, in order; what was asked twice may be there twice. */
    private static void assertRecorded(
            CaravanProcess run, SavantReceiver sink, SavantSource live, long acknowledged, long seed) {
        new JobClient(run)
                .start(request(
                        live,
                        sink,
                        "recorded",
                        false,
                        "{\"last_frame\":{\"uuid\":\"%s\"}}".formatted(SavantSource.uuid(acknowledged - 1))));
        awaitEndOfJobs(run, seed);
        List<Long> recorded = framesOf(sink, "recorded");
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
