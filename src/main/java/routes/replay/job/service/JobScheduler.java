package routes.replay.job.service;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.component.framestore.api.FrameStore;
import routes.platform.ConflictException;
import routes.platform.NotPossibleException;
import routes.platform.NotReadyException;
import routes.replay.job.JobDefinition;
import routes.replay.job.JobOutcome;
import routes.replay.job.JobRecord;
import routes.replay.job.JobRequest;
import routes.replay.job.stream.JobPlan;

/**
 * Schedules the jobs that have not ended: lets them run as the limits allow, saves their progress every second and at their
 * end, and takes up the jobs that the last process left. Everything slow happens on one thread of its own.
 */
class JobScheduler implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(JobScheduler.class);
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final long LATER_MILLIS = 200;
    private static final int PATIENCE_SECONDS = 10;
    private static final int WRITE_SECONDS = 2;

    private static final Comparator<ReplayJob> BY_TURN =
            Comparator.comparingInt(ReplayJob::priority).reversed().thenComparing(ReplayJob::id);

    private final Supplier<FrameStore> store;
    private final JobRepository rows;
    private final Function<JobRequest, JobPlan> plans;
    private final JobComponent routes;
    private final JobLimits<JobDefinition> limits;
    private final EventStreams<JobRecord> events;
    private final JobMeters meters;
    private final Duration history;
    private final ScheduledExecutorService threads;
    private final ScheduledExecutorService housekeeping;
    private final Clock clock;
    private final Map<UUID, ReplayJob> jobs = new ConcurrentHashMap<>();
    private boolean taken;
    private boolean databaseFails;
    private Instant lastForgotten = Instant.MIN;

    /**
     * @param history how long jobs are remembered after their end
     * @param threads of the jobs
     * @param housekeeping a thread for everything else
     */
    JobScheduler(
            Supplier<FrameStore> store,
            JobRepository rows,
            Function<JobRequest, JobPlan> plans,
            JobComponent routes,
            JobLimits<JobDefinition> limits,
            EventStreams<JobRecord> events,
            JobMeters meters,
            Duration history,
            ScheduledExecutorService threads,
            ScheduledExecutorService housekeeping,
            Clock clock) {
        this.store = store;
        this.rows = rows;
        this.plans = plans;
        this.routes = routes;
        this.limits = limits;
        this.events = events;
        this.meters = meters;
        this.history = history;
        this.threads = threads;
        this.housekeeping = housekeeping;
        this.clock = clock;
    }

    /** Takes up the jobs that the last process left, and from then on schedules all jobs. */
    void start() {
        housekeeping.scheduleWithFixedDelay(this::tick, 0, TICK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Adds a job. It is in the database when this method returns.
     *
     * @return the id of the job, or that of an earlier job with the same idempotency key
     * @throws ConflictException its resulting id is taken
     * @throws NotPossibleException its idempotency key was used for a different job
     * @throws NotReadyException too many jobs wait already
     */
    synchronized UUID add(JobRecord job) {
        UUID owner = store.get().identity();
        Optional<JobRecord> earlier = job.idempotencyKey().flatMap(key -> rows.findByKey(owner, key));
        if (earlier.isPresent()) {
            return same(earlier.get(), job);
        }
        requirePlace(job.definition());
        if (!rows.insert(owner, job)) {
            throw new ConflictException("Another request with this Idempotency-Key is being served right now");
        }
        // Before others can tell what becomes of it
        changed(job);
        jobs.put(job.id(), live(job));
        soon(this::dispatch);
        return job.id();
    }

    private static UUID same(JobRecord earlier, JobRecord job) {
        if (!earlier.definition().json().equals(job.definition().json())) {
            throw new NotPossibleException("The Idempotency-Key was already used for a different job, " + earlier.id()
                    + "; use a new key for each job");
        }
        return earlier.id();
    }

    /** @throws ConflictException or {@link NotReadyException}, see {@link #add} */
    void requirePlace(JobDefinition job) {
        int waiting = 0;
        for (ReplayJob other : jobs.values()) {
            if (!other.isOver() && limits.exclude().test(job, other.definition())) {
                throw new ConflictException("Job " + other.id() + " writes to " + job.resultingId()
                        + ", and one of the two jobs asks to be the only one");
            }
            waiting += other.isQueued() ? 1 : 0;
        }
        if (!limits.mayWait(waiting)) {
            throw new NotReadyException(
                    waiting + " jobs are waiting to start, as many as replay.jobs.queue-size allows; try again later");
        }
    }

    /** Jobs that have not ended, oldest first. */
    List<ReplayJob> live() {
        return jobs.values().stream()
                .filter(job -> !job.isOver())
                .sorted(Comparator.comparing(ReplayJob::id))
                .toList();
    }

    /** Empty when the job has ended, or never existed. */
    Optional<ReplayJob> live(UUID id) {
        return Optional.ofNullable(jobs.get(id)).filter(job -> !job.isOver());
    }

    /** Jobs that have ended, but whose end is not in the database yet. */
    List<JobRecord> endedUnwritten() {
        Instant now = clock.instant();
        return jobs.values().stream()
                .filter(ReplayJob::isOver)
                .map(job -> job.snapshot(now))
                .toList();
    }

    /** Pauses a job where it is; another one may take its place. */
    void pause(ReplayJob job) {
        job.pause();
        soon(() -> {
            routes.pause(job.id());
            dispatch();
        });
    }

    /** Lets a paused job go on when it is its turn again. */
    void resume(ReplayJob job) {
        job.resume();
        soon(() -> {
            routes.resume(job.id());
            dispatch();
        });
    }

    /** Something about a job was changed by a request. */
    void changed(ReplayJob job) {
        soon(() -> {
            write(job);
            dispatch();
        });
    }

    /** Brings the database up to date, as far as that is possible within seconds. */
    void writeNow() {
        try {
            housekeeping.submit(() -> guarded(() -> write(jobs.values()))).get(WRITE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | RejectedExecutionException e) {
            LOG.debug("The rows of replay jobs may be a second old", e);
        }
    }

    private void changed(JobRecord job) {
        events.tell(job.id(), job);
        meters.changed(job);
    }

    /** When everything stops, nothing more is done: the next process goes on. */
    private void soon(Runnable work) {
        housekeeping.execute(() -> guarded(work));
    }

    /** What nobody waits for: jobs that are to start go first. */
    private void later(Runnable work) {
        housekeeping.schedule(() -> guarded(work), LATER_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void tick() {
        guarded(() -> {
            takeUp();
            write(jobs.values());
            meters.alive(live());
            dispatch();
            routes.tidy();
            forget();
        });
    }

    /** No failure may stop the housekeeping. */
    private void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.error("The housekeeping of replay jobs failed; it is tried again in a second", e);
        }
    }

    private void takeUp() {
        if (!taken) {
            List<JobRecord> left = rows.live(store.get().identity());
            left.forEach(job -> jobs.computeIfAbsent(job.id(), id -> live(job)));
            left.forEach(this::changed);
            taken = true;
            if (!left.isEmpty()) {
                LOG.info("Continuing {} replay jobs of the last run", left.size());
            }
        }
    }

    private ReplayJob live(JobRecord job) {
        return new ReplayJob(
                job,
                plans.apply(job.definition().request()),
                threads,
                System::nanoTime,
                clock,
                ended -> soon(() -> finish(ended)));
    }

    private void dispatch() {
        List<ReplayJob> waiting = jobs.values().stream()
                .filter(ReplayJob::isQueued)
                .sorted(BY_TURN)
                .toList();
        for (ReplayJob job : waiting) {
            if (limits.admit(job.definition(), running())) {
                admit(job);
            }
        }
    }

    private Collection<JobDefinition> running() {
        return jobs.values().stream()
                .filter(job -> job.isAdmitted() && !job.isOver())
                .map(ReplayJob::definition)
                .toList();
    }

    private void admit(ReplayJob job) {
        boolean first = !job.isLaunched();
        try {
            if (!job.admit()) {
                return;
            }
            if (first) {
                launch(job);
            }
            write(job);
        } catch (Exception e) {
            LOG.warn("Job {} could not be started", job.id(), e);
            job.end(JobOutcome.failed("it could not be started: " + e.getMessage()));
        }
    }

    private void launch(ReplayJob job) throws Exception {
        LOG.info(
                "Job {} starts: {} to {} as {}",
                job.id(),
                job.definition().source(),
                job.definition().sink(),
                job.definition().resultingId());
        routes.launch(job);
    }

    private void write(ReplayJob job) {
        write(List.of(job));
    }

    /** Saves what is new; jobs that have ended are removed. */
    private void write(Collection<ReplayJob> some) {
        Instant now = clock.instant();
        Map<ReplayJob, JobRecord> news = new LinkedHashMap<>();
        for (ReplayJob job : some) {
            if (job.isOver()) {
                finish(job);
            } else {
                news.put(job, job.snapshot(now));
            }
        }
        news.entrySet().removeIf(job -> !job.getKey().isNews(job.getValue()));
        Set<JobRecord> saved = Set.copyOf(save(List.copyOf(news.values())));
        news.forEach((job, record) -> {
            if (saved.contains(record)) {
                job.saved(record);
                changed(record);
            }
        });
    }

    private void finish(ReplayJob job) {
        if (!jobs.containsKey(job.id())) {
            return;
        }
        if (job.isLaunched()) {
            job.dismiss();
            later(() -> routes.remove(job.id()));
        }
        JobRecord end = job.snapshot(clock.instant());
        if (!save(List.of(end)).isEmpty()) {
            jobs.remove(job.id());
            LOG.info(
                    "Job {} {}{}",
                    end.id(),
                    end.state().text(),
                    end.reason().map(text -> ": " + text).orElse(""));
            changed(end);
        }
        dispatch();
    }

    /** @return the jobs that were saved */
    private List<JobRecord> save(List<JobRecord> news) {
        try {
            List<JobRecord> saved = news.isEmpty() ? news : rows.save(news, clock.instant());
            databaseFails = false;
            return saved;
        } catch (RuntimeException e) {
            if (!databaseFails) {
                LOG.warn(
                        "The progress of replay jobs cannot be saved; the jobs go on, and saving is tried again every second",
                        e);
            }
            databaseFails = true;
            return List.of();
        }
    }

    private void forget() {
        Instant now = clock.instant();
        if (lastForgotten.isBefore(now.minus(Duration.ofMinutes(1)))) {
            lastForgotten = now;
            rows.forget(now.minus(history));
        }
    }

    /** Leaves the jobs where they are; the next process continues them. */
    @Override
    public void close() {
        stop(housekeeping);
        jobs.values().forEach(ReplayJob::halt);
        stop(threads);
        for (ReplayJob job : jobs.values()) {
            job.dismiss();
            save(List.of(job.snapshot(clock.instant())));
        }
    }

    /** Lets work end that is under way. Camel has done this already when it was stopped before. */
    private static void stop(ScheduledExecutorService executor) {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("Threads of replay jobs are still busy after {} s and are left behind", PATIENCE_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
