package routes.imaging.event.inbox;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import routes.imaging.ImagingProperties;
import routes.imaging.event.StreamMessages;
import routes.imaging.event.SystemShares;

/** Wires the folders of the imaging systems and what takes events from them. */
@Configuration
class InboxConfiguration {

    /** The detail of a folder's health with the entries that are never taken. */
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
        ImagingProperties.Staging staging = imaging.staging();
        return new Staging(
                area, system -> staging.enabled() || staging.systems().contains(system));
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

    /**
     * Only where event files are read. A file that is never taken is no reason to restart the process, so the status
     * stays UP.
     */
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
    Backlog backlog(List<EventInbox> inboxes) {
        return new Backlog(inboxes);
    }

    /** Runs before the routes start, which look into these folders. */
    @Bean
    ImagingFolders imagingFolders(SystemShares shares, StagingArea staging) {
        return new ImagingFolders(shares, staging);
    }
}
