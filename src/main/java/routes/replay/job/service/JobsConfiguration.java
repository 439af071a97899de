package routes.replay.job.service;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
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
import routes.replay.job.JobIds;
import routes.replay.protocol.ProtocolVersions;

/** Wires what the jobs of the replay workflow need. */
@Configuration
class JobsConfiguration {

    private static final int BEFORE_CAMEL = -2;

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
    JobEvents jobEvents() {
        return new JobEvents();
    }

    @Bean
    JobMeters jobMeters(Supplier<FrameStore> store, ReplayProperties replay, MeterRegistry registry) {
        return new JobMeters(new JobLag(store), replay.jobs().metered(), registry);
    }

    /** Closed before the database is, and after the routes. */
    @Bean
    JobScheduler jobScheduler(
            Supplier<FrameStore> store,
            JobRepository rows,
            JobComponent launcher,
            JobEvents events,
            JobMeters meters,
            ProtocolVersions versions,
            ReplayProperties replay,
            Clock clock) {
        ReplayProperties.Jobs jobs = replay.jobs();
        JobThreads threads = new JobThreads(jobs.threads(), numbered());
        return new JobScheduler(
                store,
                rows,
                new JobFactory(
                        versions, threads, System::nanoTime, jobs.readAhead().toBytes(), clock),
                launcher,
                new JobLimits(
                        jobs.maxRunning(),
                        jobs.maxPerSink(),
                        jobs.maxPerSource(),
                        jobs.queueSize(),
                        jobs.exclusiveResultingIds()),
                new JobListeners(List.of(events, meters)),
                jobs.history(),
                clock);
    }

    @Bean
    ReadOnlyOperation dryRunReads() {
        return new ReadOnlyOperation(HttpMethod.POST, "/replay/api/v1/jobs/dry-run");
    }

    @Bean
    JobService jobService(
            Supplier<FrameStore> store,
            JobScheduler board,
            JobRepository rows,
            JsonBody bodies,
            ReplayProperties replay,
            SinkCurves curves,
            SinkAddresses addresses,
            Clock clock) {
        return new JobService(
                board,
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
    FailedJobs failedJobs(JdbcClient jdbc, Supplier<FrameStore> store, JobService desk) {
        return new FailedJobs(jdbc, store, desk);
    }

    /** Before Camel's own mapping, which takes everything below the path of the contract. */
    @Bean
    @ConditionalOnProperty("replay.api.enabled")
    SimpleUrlHandlerMapping jobEventsMapping(JobService desk, JobEvents events) {
        return new SimpleUrlHandlerMapping(
                Map.of("/replay/api/v1/jobs/*/events", new JobEventsHandler(desk, events)), BEFORE_CAMEL);
    }

    /** When all routes run, so that a job finds its way. */
    @Bean
    ApplicationListener<ApplicationReadyEvent> startJobs(JobScheduler board, ReplayProperties replay) {
        return ready -> {
            if (replay.jobs().enabled()) {
                board.start();
            }
        };
    }

    private static ThreadFactory numbered() {
        AtomicInteger number = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work, "replay-job-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
