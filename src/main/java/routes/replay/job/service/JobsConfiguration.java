package routes.replay.job.service;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.ThreadPoolProfile;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;
import routes.component.framestore.api.FrameStore;
import routes.platform.json.JsonBody;
import routes.platform.security.ReadOnlyOperation;
import routes.replay.ReplayProperties;
import routes.replay.job.JobDefinition;
import routes.replay.job.JobIds;
import routes.replay.job.JobRecord;
import routes.replay.job.stream.JobPlan;
import routes.replay.protocol.ProtocolVersions;

/** Wires what the jobs of the replay workflow need. */
@Configuration
class JobsConfiguration {

    private static final int BEFORE_CAMEL = -2;
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    @Bean
    JobRepository jobRepository(
            JdbcClient jdbc,
            TransactionOperations transactions,
            ObjectMapper json,
            @Value("${caravan.node-name}") String node) {
        return new JobRepository(jdbc, transactions, json, node);
    }

    @Bean(JobComponent.SCHEME)
    JobComponent jobComponent(ReplayProperties replay, SinkCurves curves, SinkAddresses addresses) {
        return new JobComponent(
                new SinkWriters(
                        replay.jobs().writerCacheMaxCapacity(), replay.jobs().writerCacheTtl(), System::nanoTime),
                curves,
                addresses);
    }

    @Bean
    SinkCurves sinkCurves(ReplayProperties replay) {
        return new SinkCurves(replay.jobs().sinkCurve());
    }

    @Bean
    SinkAddresses sinkAddresses(ReplayProperties replay, @Value("${server.address:}") String address)
            throws UnknownHostException {
        boolean loopbackOnly =
                !address.isBlank() && InetAddress.getByName(address).isLoopbackAddress();
        SinkAddresses addresses = new SinkAddresses(Path.of(replay.jobs().ipcDirectory()), loopbackOnly);
        if (replay.jobs().enabled()) {
            addresses.makeDirectory();
        }
        return addresses;
    }

    @Bean
    JobRouteLogFilter jobRouteLogFilter() {
        return new JobRouteLogFilter(JobComponent.ROUTE_TEMPLATE + "-");
    }

    @Bean
    EventStreams<JobRecord> jobEvents(CamelContext camel) {
        return new EventStreams<>(threads(camel, "replay-events", 2), HEARTBEAT);
    }

    @Bean
    JobMeters jobMeters(ReplayProperties replay, MeterRegistry registry) {
        return new JobMeters(replay.jobs().metered(), registry);
    }

    /** Closed before the database is, and after the routes. */
    @Bean
    JobScheduler jobScheduler(
            Supplier<FrameStore> store,
            JobRepository rows,
            JobComponent routes,
            EventStreams<JobRecord> events,
            JobMeters meters,
            ProtocolVersions versions,
            ReplayProperties replay,
            CamelContext camel,
            Clock clock) {
        ReplayProperties.Jobs jobs = replay.jobs();
        AtomicInteger reading = new AtomicInteger();
        return new JobScheduler(
                store,
                rows,
                request -> new JobPlan(
                        store.get(), request, versions, jobs.readAhead().toBytes(), reading),
                routes,
                new JobLimits<>(
                        jobs.maxRunning(),
                        jobs.queueSize(),
                        List.of(
                                new JobLimits.Shared<>(jobs.maxPerSink(), job -> Set.of(job.sink())),
                                new JobLimits.Shared<>(jobs.maxPerSource(), JobDefinition::sources)),
                        (job, other) -> job.excludes(other, jobs.exclusiveResultingIds())),
                events,
                meters,
                jobs.history(),
                threads(camel, "replay-job", jobs.threads()),
                threads(camel, "replay-jobs", 1),
                clock);
    }

    /** Camel's, so that Hawtio shows them. What waits for its time is dropped when Camel stops. */
    private static ScheduledExecutorService threads(CamelContext camel, String name, int count) {
        ThreadPoolProfile profile = new ThreadPoolProfile(name);
        profile.setPoolSize(count);
        // Otherwise Camel bounds the number of waiting tasks
        profile.setMaxPoolSize(0);
        ScheduledExecutorService threads =
                camel.getExecutorServiceManager().newScheduledThreadPool(name, name, profile);
        if (threads instanceof ScheduledThreadPoolExecutor pool) {
            pool.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        }
        return threads;
    }

    @Bean
    ReadOnlyOperation dryRunReads() {
        return new ReadOnlyOperation(HttpMethod.POST, "/replay/api/v1/jobs/dry-run");
    }

    @Bean
    JobService jobService(
            Supplier<FrameStore> store,
            JobScheduler scheduler,
            JobRepository rows,
            JsonBody bodies,
            ReplayProperties replay,
            SinkCurves curves,
            SinkAddresses addresses,
            Clock clock) {
        return new JobService(
                scheduler,
                rows,
                store,
                bodies,
                new JobIds(clock, RandomGenerator.getDefault()),
                replay.jobs().sinkOptions(),
                curves,
                addresses,
                replay.jobEvictionTtl(),
                clock);
    }

    @Bean
    @ConditionalOnProperty("replay.jobs.enabled")
    FailedJobs failedJobs(JdbcClient jdbc, Supplier<FrameStore> store, JobService jobs) {
        return new FailedJobs(jdbc, store, jobs);
    }

    /** Before Camel's own mapping, which takes everything below the path of the contract. */
    @Bean
    @ConditionalOnProperty("replay.api.enabled")
    SimpleUrlHandlerMapping jobEventsMapping(JobService jobs, EventStreams<JobRecord> events) {
        return new SimpleUrlHandlerMapping(
                Map.of("/replay/api/v1/jobs/*/events", new JobEventsHandler(jobs, events)), BEFORE_CAMEL);
    }

    /** When all routes run, so that a job finds its way. */
    @Bean
    ApplicationListener<ApplicationReadyEvent> startJobs(JobScheduler scheduler, ReplayProperties replay) {
        return ready -> {
            if (replay.jobs().enabled()) {
                scheduler.start();
            }
        };
    }
}
