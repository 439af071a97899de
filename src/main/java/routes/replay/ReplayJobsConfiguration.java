package routes.replay;

import java.time.Clock;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.camel.CamelContext;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import routes.component.framestore.FrameStore;
import routes.component.framestore.FrameStoreComponent;

/** Wires what the jobs of the replay workflow need. */
@Configuration
class ReplayJobsConfiguration {

    static final String STORE = "replay";

    @Bean
    JobRepository jobRepository(JdbcClient jdbc, ObjectMapper json, @Value("${caravan.node-name}") String node) {
        return new JobRepository(jdbc, json, node);
    }

    @Bean(JobComponent.SCHEME)
    JobComponent jobComponent() {
        return new JobComponent(new SinkWriters());
    }

    @Bean
    JobEvents jobEvents() {
        return new JobEvents();
    }

    /** Closed before the database is, and after the routes. */
    @Bean
    JobBoard jobBoard(
            CamelContext camel,
            JobRepository rows,
            JobComponent launcher,
            JobEvents events,
            ProtocolVersions versions,
            ReplayProperties replay,
            Clock clock) {
        ReplayProperties.Jobs jobs = replay.jobs();
        JobThreads threads = new JobThreads(jobs.threads(), numbered());
        return new JobBoard(
                store(camel),
                rows,
                new JobFactory(
                        versions, threads, System::nanoTime, jobs.readAhead().toBytes()),
                launcher,
                new JobLimits(
                        jobs.maxRunning(),
                        jobs.maxPerSink(),
                        jobs.maxPerSource(),
                        jobs.queueSize(),
                        jobs.exclusiveResultingIds()),
                events,
                jobs.history(),
                clock);
    }

    @Bean
    JobDesk jobDesk(
            CamelContext camel,
            JobBoard board,
            JobRepository rows,
            ObjectMapper json,
            ReplaySettings settings,
            Clock clock) {
        return new JobDesk(
                board,
                rows,
                store(camel),
                json,
                new JobIds(clock, RandomGenerator.getDefault()),
                settings.common().defaultJobSinkOptions(),
                settings.common().jobEvictionTtl(),
                clock);
    }

    /** When all routes run, so that a job finds its way. */
    @Bean
    ApplicationListener<ApplicationReadyEvent> startJobs(JobBoard board, ReplayProperties replay) {
        return ready -> {
            if (replay.jobs().enabled()) {
                board.start();
            }
        };
    }

    /** Opened by whoever needs it first. */
    private static Supplier<FrameStore> store(CamelContext camel) {
        return () ->
                camel.getComponent("frame-store", FrameStoreComponent.class).store(STORE);
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
