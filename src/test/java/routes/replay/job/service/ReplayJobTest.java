package routes.replay.job.service;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.LongStream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.replay.JobSamples;
import routes.replay.RecordedSource;
import routes.replay.SavantSamples;
import routes.replay.SteppedJob;
import routes.replay.job.JobDefinition;
import routes.replay.job.JobOutcome;
import routes.replay.job.JobRecord;
import routes.replay.job.json.JobRequestReader;
import routes.replay.job.stream.JobMessage;
import routes.replay.job.stream.JobPlan;
import routes.replay.job.stream.SendResult;
import routes.replay.socket.SinkOptions;

import static org.assertj.core.api.Assertions.assertThat;

/** Jobs on the threads they share, in real time. */
class ReplayJobTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    private RecordedSource camera;
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(2);
    private final ExecutorService answers = Executors.newSingleThreadExecutor();
    private final List<Job> jobs = new ArrayList<>();

    @BeforeEach
    void record() {
        camera = new RecordedSource(directory, "cam-1");
    }

    @AfterEach
    void close() {
        jobs.forEach(job -> job.replay.dismiss());
        threads.shutdownNow();
        answers.shutdownNow();
        camera.close();
    }

    /** Keeps what it gets, and answers later, on another thread. */
    private final class Sink {

        private final List<Long> frames = Collections.synchronizedList(new ArrayList<>());
        private final AtomicInteger underWay = new AtomicInteger();
        private volatile boolean overlapped;

        void send(List<JobMessage> messages, Consumer<SendResult> done) {
            overlapped |= underWay.incrementAndGet() > 1;
            messages.forEach(message -> frames.add(number(message)));
            answers.execute(() -> {
                underWay.decrementAndGet();
                done.accept(SendResult.of(messages.size()));
            });
        }

        private static long number(JobMessage message) {
            return SavantSamples.decoded(message.message().stamped("system", 1))
                            .header()
                            .orElseThrow()
                            .id()
                            .low()
                    & Long.MAX_VALUE;
        }
    }

    private final class Job {

        private final Sink sink = new Sink();
        private final CompletableFuture<JobOutcome> outcome = new CompletableFuture<>();
        private final AtomicInteger looks = new AtomicInteger();
        private final ReplayJob replay;

        Job(String stopCondition) {
            this(JobSamples.request("cam-1", RecordedSource.id(0), stopCondition));
        }

        Job(ObjectNode request) {
            JobDefinition definition = new JobRequestReader().definition(request, SinkOptions.DEFAULT);
            JobPlan plan = new JobPlan(
                    camera.store(), definition.request(), SteppedJob.VERSIONS, 1 << 16, new AtomicInteger());
            replay = new ReplayJob(
                    JobRecord.fresh(UUID.randomUUID(), definition, Optional.empty(), Instant.now()),
                    plan,
                    threads,
                    () -> {
                        looks.incrementAndGet();
                        return System.nanoTime();
                    },
                    Clock.systemUTC(),
                    ended -> outcome.complete(outcome(ended)));
            jobs.add(this);
            replay.admit();
        }

        private static JobOutcome outcome(ReplayJob ended) {
            JobRecord last = ended.snapshot(Instant.now());
            return new JobOutcome(last.state(), last.reason());
        }

        JobOutcome outcome() {
            return outcome.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
        }
    }

    @Test
    @DisplayName("RP106 a hundred jobs on two threads: all complete, each in order, one message at a time")
    void hundred() {
        camera.block(200);
        List<Job> jobs = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            jobs.add(new Job("{'frame_count': 200}"));
        }
        jobs.forEach(job -> job.replay.start(job.sink::send));

        for (Job job : jobs) {
            assertThat(job.outcome()).isEqualTo(JobOutcome.COMPLETED);
            assertThat(job.sink.frames)
                    .containsExactlyElementsOf(LongStream.range(0, 200).boxed().toList());
            assertThat(job.sink.overlapped).isFalse();
        }
    }

    @Test
    @DisplayName("RP84 jobs at the live edge are woken by what is recorded, and do not look before")
    void liveEdge() {
        camera.block(1);
        List<Job> jobs = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            jobs.add(new Job("{'frame_count': 51}"));
        }
        jobs.forEach(job -> job.replay.start(job.sink::send));
        jobs.forEach(job -> Awaitility.await().atMost(PATIENCE).until(() -> job.sink.frames.size() == 1));
        Awaitility.await().during(Duration.ofMillis(300)).atMost(PATIENCE).until(() -> true);
        assertThat(jobs).allSatisfy(job -> assertThat(job.looks.get()).isLessThan(50));
        for (int i = 0; i < 50; i++) {
            camera.frame(false);
        }

        assertThat(jobs).allSatisfy(job -> {
            assertThat(job.outcome()).isEqualTo(JobOutcome.COMPLETED);
            assertThat(job.sink.frames).hasSize(51);
        });
    }

    @Test
    @DisplayName("RP107 a job that breaks everything fails alone, with what it threw")
    void isolated() {
        camera.block(10);
        Job broken = new Job("{'frame_count': 10}");
        Job sound = new Job("{'frame_count': 10}");
        broken.replay.start((message, done) -> {
            throw new StackOverflowError("too deep");
        });
        sound.replay.start(sound.sink::send);

        assertThat(broken.outcome().reason().orElseThrow()).contains("too deep");
        assertThat(sound.outcome()).isEqualTo(JobOutcome.COMPLETED);
    }

    @Test
    @DisplayName("RP83 a sink that never answers fails the job after max_delivery_duration")
    void noAnswer() {
        camera.block(10);
        ObjectNode request = JobSamples.request("cam-1", RecordedSource.id(0), "'never'");
        JobSamples.duration(JobSamples.configuration(request), "max_delivery_duration", 300);
        Job job = new Job(request);
        job.replay.start((message, done) -> {});

        assertThat(job.outcome().reason().orElseThrow()).contains("not delivered within PT0.3S");
    }

    @Test
    @DisplayName("RP82 a job at the live edge fails when nothing comes for too long")
    void idle() {
        camera.block(1);
        ObjectNode request = JobSamples.request("cam-1", RecordedSource.id(0), "'never'");
        JobSamples.duration(JobSamples.configuration(request), "max_idle_duration", 300);
        Job job = new Job(request);
        job.replay.start(job.sink::send);

        assertThat(job.outcome().reason().orElseThrow()).contains("nothing new of cam-1");
    }

    @Test
    @DisplayName("RX6 a halted job stands still and goes on where it was")
    void halted() {
        camera.block(10);
        Job job = new Job("{'frame_count': 10}");
        job.replay.start((message, done) -> {
            if (job.sink.frames.size() == 3) {
                job.replay.halt();
            }
            job.sink.send(message, done);
        });
        Awaitility.await().atMost(PATIENCE).until(() -> job.sink.frames.size() == 7);
        assertThat(job.outcome).isNotDone();
        job.replay.start(job.sink::send);

        assertThat(job.outcome()).isEqualTo(JobOutcome.COMPLETED);
        assertThat(job.sink.frames).hasSize(10);
    }
}
