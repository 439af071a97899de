package routes.replay.job.service;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import org.jspecify.annotations.Nullable;
import routes.replay.job.JobCheckpoint;
import routes.replay.job.JobRecord;
import routes.replay.job.JobState;

/**
 * The meters of jobs. Some jobs have meters of their own, which vanish with them, and all jobs are in the sums, so that there
 * are never more meters than a monitoring system can bear.
 */
final class JobMeters {

    private static final double MILLIS = 1000;

    private final int most;
    private final Map<UUID, JobRecord> jobs = new ConcurrentHashMap<>();
    private final Counter frames;
    private final Counter bytes;
    private final Map<JobState, Counter> ended = new EnumMap<>(JobState.class);
    private final MultiGauge jobLag;
    private final MultiGauge jobFrames;
    private final MultiGauge jobBytes;
    private final MultiGauge jobState;

    /** @param most how many jobs have meters of their own */
    JobMeters(int most, MeterRegistry registry) {
        this.most = most;
        this.frames = Counter.builder("replay.jobs.frames")
                .description("Frames that jobs have sent")
                .register(registry);
        this.bytes = Counter.builder("replay.jobs.bytes")
                .description("Data that jobs have sent")
                .register(registry);
        Stream.of(JobState.values()).forEach(state -> register(state, registry));
        this.jobLag = jobs(registry, "replay.job.lag", "seconds", "From the entry sent last to the newest recorded");
        this.jobFrames = jobs(registry, "replay.job.frames", null, "Frames that the job has sent");
        this.jobBytes = jobs(registry, "replay.job.bytes", null, "Data that the job has sent");
        this.jobState = jobs(registry, "replay.job.state", null, "1 for the state that the job is in");
    }

    private void register(JobState state, MeterRegistry registry) {
        if (state.isEnd()) {
            ended.put(
                    state,
                    Counter.builder("replay.jobs.ended")
                            .description("Jobs that ended, by how")
                            .tag("state", state.text())
                            .register(registry));
        } else {
            Gauge.builder("replay.jobs", jobs, all -> count(all, state))
                    .description("Jobs that have not ended, by state")
                    .tag("state", state.text())
                    .register(registry);
        }
    }

    private static long count(Map<UUID, JobRecord> jobs, JobState state) {
        return jobs.values().stream().filter(job -> job.state() == state).count();
    }

    private static MultiGauge jobs(MeterRegistry registry, String name, @Nullable String unit, String description) {
        return MultiGauge.builder(name).baseUnit(unit).description(description).register(registry);
    }

    /**
     * A job was created, taken up after a restart, has moved on, or has ended. What it had sent before this process heard of it
     * was counted by an earlier process.
     */
    void changed(JobRecord job) {
        JobRecord before = Objects.requireNonNullElse(jobs.put(job.id(), job), job);
        frames.increment(Math.max(0, sentFrames(job) - sentFrames(before)));
        bytes.increment(Math.max(0, sentBytes(job) - sentBytes(before)));
        if (job.state().isEnd()) {
            jobs.remove(job.id());
            ended.get(job.state()).increment();
        }
    }

    /** To be called each second with the jobs that have not ended, oldest first. */
    void alive(List<ReplayJob> live) {
        List<Shown> shown = live.stream()
                .filter(ReplayJob::isLaunched)
                .flatMap(job -> Optional.ofNullable(jobs.get(job.id())).map(record -> new Shown(job, record)).stream())
                .limit(most)
                .toList();
        jobLag.register(
                shown.stream()
                        .flatMap(job -> job.live.lag().stream()
                                .<Row<?>>map(behind -> Row.of(job.tags(), behind.toMillis() / MILLIS)))
                        .toList(),
                true);
        jobFrames.register(rows(shown, job -> Row.of(job.tags(), sentFrames(job.record))), true);
        jobBytes.register(rows(shown, job -> Row.of(job.tags(), sentBytes(job.record))), true);
        jobState.register(
                rows(
                        shown,
                        job -> Row.of(job.tags().and("state", job.record.state().text()), 1)),
                true);
    }

    private static List<Row<?>> rows(List<Shown> shown, Function<Shown, Row<?>> row) {
        return shown.stream().<Row<?>>map(row).toList();
    }

    /** A job that has meters of its own. */
    private record Shown(ReplayJob live, JobRecord record) {

        Tags tags() {
            return Tags.of(
                    "job", live.id().toString(), "source", live.definition().source());
        }
    }

    private static long sentFrames(JobRecord job) {
        return job.checkpoint().map(JobCheckpoint::frames).orElse(0L);
    }

    private static long sentBytes(JobRecord job) {
        return job.checkpoint().map(JobCheckpoint::bytes).orElse(0L);
    }
}
