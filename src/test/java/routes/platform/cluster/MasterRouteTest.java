package routes.platform.cluster;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.awaitility.Awaitility;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/** A master: route in two Camel contexts on one database. */
class MasterRouteTest {

    private static final LeaseProperties PROPERTIES = new LeaseProperties(
            "here", Duration.ofSeconds(30), Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofMillis(100));

    private final Queue<String> runs = new ConcurrentLinkedQueue<>();

    @Test
    @DisplayName("A master: route runs in one process; when that stops, or loses its lease, in the other")
    void oneMaster() throws Exception {
        JdbcConnectionPool database = JdbcConnectionPool.create(
                "jdbc:h2:mem:" + UUID.randomUUID() + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DB_CLOSE_DELAY=-1",
                "sa",
                "");
        Flyway.configure()
                .dataSource(database)
                .placeholders(Map.of("jsonb", "text"))
                .load()
                .migrate();
        CamelContext first = context(database, "first");
        CamelContext second = context(database, "second");
        try {
            first.start();
            Awaitility.await().until(() -> runs.contains("first"));
            second.start();
            assertThat(fence(database)).isEqualTo(1);

            first.stop();
            Awaitility.await().until(() -> runs.contains("second"));
            assertThat(fence(database)).isEqualTo(2);

            // As if second had been paused: its lease ran out and somebody else has it.
            JdbcClient.create(database)
                    .sql("update lease set lock_until = dateadd(hour, 1, lock_until), locked_by = 'somebody else'")
                    .update();
            Awaitility.await()
                    .until(() -> service(second).getView("purge").getLeader().isEmpty());
            Awaitility.await().pollInterval(Duration.ofMillis(300)).until(this::wasSilent);
        } finally {
            first.stop();
            second.stop();
            database.dispose();
        }
    }

    /** Whether nothing ran since the last question. */
    private boolean wasSilent() {
        boolean silent = runs.isEmpty();
        runs.clear();
        return silent;
    }

    private static long fence(JdbcConnectionPool database) {
        return JdbcClient.create(database)
                .sql("select fence from lease where name = 'purge'")
                .query(Long.class)
                .single();
    }

    private static LeaseClusterService service(CamelContext camel) {
        return camel.hasService(LeaseClusterService.class);
    }

    private CamelContext context(JdbcConnectionPool database, String name) throws Exception {
        DefaultCamelContext camel = new DefaultCamelContext();
        camel.getCamelContextExtension().setName(name);
        LeaseStore store = new LeaseStore(database, new ProcessIdentity(name, name, 1, 1), PROPERTIES.duration());
        camel.addService(new LeaseClusterService(
                lease -> new LeaseKeeper(lease, store, PROPERTIES, Clock.systemUTC(), System::nanoTime), name));
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("master:purge:timer:purge?period=50&delay=0").process(exchange -> runs.add(name));
            }
        });
        return camel;
    }
}
