package routes.platform.cluster;

import java.time.Clock;
import javax.sql.DataSource;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the leases. Camel finds the cluster service by its type. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LeaseProperties.class)
class LeaseConfiguration {

    @Bean
    LeaseStore leaseStore(DataSource database, LeaseProperties properties) {
        return new LeaseStore(database, ProcessIdentity.current(properties.node()), properties.duration());
    }

    @Bean
    LeaseClusterService leaseClusterService(LeaseStore store, LeaseProperties properties) {
        return new LeaseClusterService(
                name -> new LeaseKeeper(name, store, properties, Clock.systemUTC(), System::nanoTime),
                store.self().toString());
    }

    @Bean
    LeasesHealthIndicator leasesHealthIndicator(LeaseStore store) {
        return new LeasesHealthIndicator(store);
    }
}
