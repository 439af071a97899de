package routes.platform.cluster;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import routes.platform.PostgresServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** The leases on PostgreSQL. Skipped where it is not installed. */
@Tag("peer")
class LeasesOnPostgresTest {

    @Test
    @DisplayName("A lease is taken, kept, shown, run out, taken over and released on PostgreSQL")
    void lease() throws Exception {
        Optional<Path> programs = PostgresServer.installed();
        if (!"true".equals(System.getenv("CARAVAN_REQUIRE_PEERS"))) {
            assumeThat(programs).as("PostgreSQL is installed").isPresent();
        }
        try (PostgresServer server = PostgresServer.start(programs.orElseThrow())) {
            Flyway.configure()
                    .dataSource(server.dataSource())
                    .placeholders(Map.of("jsonb", "jsonb"))
                    .load()
                    .migrate();
            LeaseStore first = store(server, "first");
            LeaseStore second = store(server, "second");

            LeaseStore.Held held = first.acquire("purge").orElseThrow();
            assertThat(second.acquire("purge")).isEmpty();
            held = first.renew(held).orElseThrow();
            assertThat(second.holders()).singleElement().matches(LeaseStore.Holder::held);

            JdbcClient.create(server.dataSource())
                    .sql("update lease set lock_until = timezone('utc', now()) - interval '1 second'")
                    .update();
            assertThat(second.holders()).singleElement().matches(holder -> !holder.held());
            assertThat(first.renew(held)).isEmpty();
            LeaseStore.Held taken = second.acquire("purge").orElseThrow();
            assertThat(taken.fence()).isEqualTo(held.fence() + 1);
            second.release(taken);
            assertThat(first.acquire("purge").orElseThrow().fence()).isEqualTo(held.fence() + 2);
        }
    }

    private static LeaseStore store(PostgresServer server, String node) {
        return new LeaseStore(server.dataSource(), new ProcessIdentity(node, node, 1, 1), Duration.ofSeconds(30));
    }
}
