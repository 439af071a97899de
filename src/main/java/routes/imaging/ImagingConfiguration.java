package routes.imaging;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Wires the plain classes of the imaging workflow. */
@Configuration
class ImagingConfiguration {

    /** Of entries that nobody takes, in the health of their folder. */
    private static final int MOST_NAMES = 20;

    @Bean
    SystemShares systemShares(ImagingProperties imaging) {
        return new SystemShares(imaging.sourceDir(), imaging.systems());
    }

    @Bean
    StagingArea stagingArea(SystemShares shares, Clock clock) {
        return new StagingArea(shares.staging(), clock);
    }

    @Bean
    Staging staging(StagingArea area, ImagingProperties imaging) {
        return new Staging(area, imaging.staging()::covers);
    }

    @Bean
    EventReader eventReader(ObjectMapper json, ImagingProperties imaging) {
        return new EventReader(
                json, Math.toIntExact(imaging.ingest().maxEventSize().toBytes()));
    }

    @Bean
    ProcessedFiles processedFiles(JdbcClient sql) {
        return new SqlProcessedFiles(sql);
    }

    @Bean
    List<EventInbox> eventInboxes(
            SystemShares shares,
            EventReader reader,
            ProcessedFiles processed,
            ObjectMapper json,
            ImagingProperties imaging,
            Clock clock) {
        ImagingProperties.Ingest ingest = imaging.ingest();
        EventReadiness.Waiting waiting = new EventReadiness.Waiting(
                ingest.settle(), ingest.parseGrace(), ingest.imageGrace(), ingest.imageRecheck());
        return shares.all().stream()
                .map(share -> new EventInbox(
                        share,
                        reader,
                        new EventReadiness(share, reader, waiting, clock),
                        new EventFolder(share, waiting, clock),
                        processed,
                        json))
                .toList();
    }

    /** Where event files are read. A file that nobody takes is no reason to restart the process, so it stays UP. */
    @Bean
    @ConditionalOnProperty("imaging.ingest.enabled")
    HealthIndicator eventFoldersHealthIndicator(List<EventInbox> inboxes) {
        return () -> {
            Health.Builder health = Health.up();
            for (EventInbox inbox : inboxes) {
                List<String> ignored = inbox.folder().ignored();
                Map<String, Object> details = new LinkedHashMap<>();
                details.put("waiting", inbox.readiness().waitingEvents().size());
                details.put("ignored", ignored.size());
                details.put("ignored_names", ignored.stream().limit(MOST_NAMES).toList());
                health.withDetail(inbox.share().system(), details);
            }
            return health.build();
        };
    }

    @Bean
    @ConditionalOnProperty("imaging.ingest.enabled")
    MeterBinder eventFolderMeters(List<EventInbox> inboxes) {
        return registry -> inboxes.forEach(inbox -> {
            Gauge.builder("imaging.events.waiting", inbox, events -> events.readiness()
                            .waitingEvents()
                            .size())
                    .description("Event files that wait for their images, or for the rest of their JSON")
                    .tag("system", inbox.share().system())
                    .register(registry);
            Gauge.builder("imaging.events.ignored", inbox, events -> events.folder()
                            .ignored()
                            .size())
                    .description("Entries of the events folder that are not taken as events")
                    .tag("system", inbox.share().system())
                    .register(registry);
        });
    }

    @Bean
    StreamMessages streamMessages(ObjectMapper json) {
        return new StreamMessages(json);
    }

    @Bean
    KnownEvents knownEvents() {
        return new KnownEvents();
    }

    @Bean
    RecordedExports recordedExports() {
        return new RecordedExports();
    }

    @Bean
    TapeNotification.Reader tapeNotificationReader(ObjectMapper json, ImagingProperties imaging) {
        return new TapeNotification.Reader(json, imaging.bucket());
    }

    @Bean
    KnownArchives knownArchives() {
        return new KnownArchives();
    }

    @Bean
    ApiQueries apiQueries(ImagingProperties imaging, Clock clock) {
        return new ApiQueries(
                clock, List.of(imaging.streams().events(), imaging.streams().exports()));
    }

    @Bean
    ApiAnswers apiAnswers(DownloadUrls downloadUrls, ImagingProperties imaging, Clock clock) {
        return new ApiAnswers(downloadUrls, imaging.api().presignExpiry(), clock);
    }

    @Bean
    Retention retention(
            SystemShares shares,
            StagingArea staging,
            ObjectStore store,
            StreamMessages messages,
            ObjectMapper json,
            ImagingProperties imaging,
            Clock clock) {
        ImagingProperties.Retention settings = imaging.retention();
        return new Retention(
                shares,
                staging,
                new ProvenDeletion(store, clock),
                messages,
                json,
                settings.deleteSystems(),
                settings.sourceLifespan(),
                settings.stagingLifespan(),
                clock);
    }

    /** Where retention runs, so that not every process asks the same. Without database it is NaN. */
    @Bean
    @ConditionalOnProperty("imaging.retention.enabled")
    MeterBinder sourcesOverdue(JdbcClient sql, Retention retention) {
        OverdueSources overdue = new OverdueSources(sql, retention);
        return registry -> Gauge.builder("imaging.sources.overdue", overdue::count)
                .description("Sources past their lifespan that are kept because no upload is recorded")
                .register(registry);
    }

    @Bean
    Backlog backlog(List<EventInbox> inboxes) {
        return new Backlog(inboxes);
    }

    @Bean
    OperationAnswers operationAnswers() {
        return new OperationAnswers();
    }

    @Bean
    ReportCard reportCard(ImagingProperties imaging, Clock clock) {
        return new ReportCard(clock, imaging.report().zone());
    }

    @Bean
    SampleMicroscope sampleMicroscope(SystemShares shares, ObjectMapper json, ImagingProperties imaging, Clock clock) {
        return new SampleMicroscope(
                List.copyOf(shares.all()), imaging.demo().images(), json, clock, RandomGenerator.getDefault());
    }

    /** Before the routes start, which look into these folders. */
    @Bean
    ImagingFolders imagingFolders(SystemShares shares, StagingArea staging) {
        return new ImagingFolders(shares, staging);
    }
}
