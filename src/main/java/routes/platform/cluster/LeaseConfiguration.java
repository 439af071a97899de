package routes.platform.cluster;

import java.time.Clock;
import java.util.function.Function;
import javax.sql.DataSource;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the leases together. Camel finds the cluster service by its type. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LeaseProperties.class)
class LeaseConfiguration {

    @Bean
    LeaseStore leaseStore(DataSource database, LeaseProperties properties) {
        return new LeaseStore(database, ProcessIdentity.current(properties.node()), properties.duration());
    }

    @Bean
    LeaseClusterService leaseClusterService(LeaseStore store, LeaseProperties properties) {
        return new LeaseClusterService(keepers(store, properties), store.self().toString());
    }

    @Bean
    Leases leases(LeaseStore store, LeaseProperties properties) {
        return new Leases(keepers(store, properties), store, properties);
    }

    @Bean
    LeasesHealthIndicator leasesHealthIndicator(LeaseStore store) {
        return new LeasesHealthIndicator(store);
    }

    private static Function<String, LeaseKeeper> keepers(LeaseStore store, LeaseProperties properties) {
        return name -> new LeaseKeeper(name, store, properties, Clock.systemUTC(), System::nanoTime);
    }
}
