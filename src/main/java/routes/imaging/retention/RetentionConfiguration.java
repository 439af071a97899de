package routes.imaging.retention;

import java.time.Clock;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import routes.imaging.ImagingProperties;
import routes.imaging.event.StreamMessages;
import routes.imaging.event.SystemShares;
import routes.imaging.event.inbox.StagingArea;
import routes.imaging.store.ObjectStore;

/** Wires what deletes sources and staging copies. */
@Configuration
class RetentionConfiguration {

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

    /**
     * Only where retention runs, so that not every process asks the same. While the database does not answer it is
     * NaN.
     */
    @Bean
    @ConditionalOnProperty("imaging.retention.enabled")
    MeterBinder sourcesOverdue(JdbcClient sql, Retention retention) {
        OverdueSources overdue = new OverdueSources(sql, retention);
        return registry -> Gauge.builder("imaging.sources.overdue", overdue::count)
                .description("Sources past their lifespan that are kept because no upload is recorded")
                .register(registry);
    }
}
