package routes.platform.cluster;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;

import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/** Two processes and one database; time passes in the database when the test says so. */
class LeaseKeeperTest {

    private static final LeaseProperties PROPERTIES = new LeaseProperties(
            "here", Duration.ofSeconds(30), Duration.ofSeconds(10), Duration.ofSeconds(5), Duration.ofSeconds(2));

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1);
    private final Clock clock = new MovedClock(now);
    private JdbcConnectionPool database;
    private JdbcClient jdbc;
    private LeaseKeeper first;
    private LeaseKeeper second;

    @BeforeEach
    void twoProcesses() {
        database = JdbcConnectionPool.create(
                "jdbc:h2:mem:" + UUID.randomUUID() + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DB_CLOSE_DELAY=-1",
                "sa",
                "");
        Flyway.configure()
                .dataSource(database)
                .placeholders(Map.of("jsonb", "text"))
                .load()
                .migrate();
        jdbc = JdbcClient.create(database);
        first = keeper(store("first"));
        second = keeper(store("second"));
    }

    @AfterEach
    void close() {
        jdbc.sql("shutdown").update();
        database.dispose();
    }

    @Test
    @DisplayName("One of two gets the lease, at the first try, and knows when to renew")
    void oneHolder() {
        assertThat(first.tick()).isEqualTo(PROPERTIES.renew());
        assertThat(second.tick()).isEqualTo(PROPERTIES.poll());

        assertThat(first.current()).isPresent();
        assertThat(second.current()).isEmpty();
    }

    @Test
    @DisplayName("A release passes the lease on at once, with a greater fence")
    void release() {
        first.tick();
        Lease before = first.current().orElseThrow();

        first.release();
        second.tick();

        assertThat(before.isValid()).isFalse();
        assertThat(second.current().orElseThrow().fence()).isGreaterThan(before.fence());
    }

    @Test
    @DisplayName("Renewing keeps the fence and the same lease")
    void renewing() {
        first.tick();
        Lease lease = first.current().orElseThrow();
        for (int renewal = 0; renewal < 10; renewal++) {
            pass(PROPERTIES.renew());
            first.tick();
        }

        assertThat(first.current()).containsSame(lease);
        assertThat(lease.isValid()).isTrue();
    }

    @Test
    @DisplayName("A killed holder's lease passes on when it has run out, not before")
    void crash() {
        first.tick();
        second.tick();
        assertThat(second.current()).isEmpty();

        runOut();
        second.tick();
        assertThat(second.current()).isPresent();
    }

    @Test
    @DisplayName("A holder that cannot reach the database steps down before its lease ends")
    void databaseAway() {
        first.tick();
        jdbc.sql("alter table lease rename to lease_away").update();

        pass(PROPERTIES.renew());
        assertThat(first.tick()).isEqualTo(PROPERTIES.poll());
        assertThat(first.current()).isPresent();

        pass(Duration.ofSeconds(15).minusMillis(1));
        assertThat(first.current()).isPresent();
        pass(Duration.ofMillis(1));
        assertThat(first.current()).isEmpty();

        jdbc.sql("alter table lease_away rename to lease").update();
        runOut();
        first.tick();
        assertThat(first.current().orElseThrow().fence()).isEqualTo(2);
    }

    @Test
    @DisplayName("A holder that was paused past its lease no longer holds it when it goes on")
    void pausedHolder() {
        first.tick();
        Lease lost = first.current().orElseThrow();
        runOut();
        second.tick();
        assertThat(first.tick()).isEqualTo(PROPERTIES.poll());
        assertThat(lost.isValid()).isFalse();
        assertThat(first.current()).isEmpty();
        assertThat(second.current().orElseThrow().fence()).isGreaterThan(lost.fence());
    }

    @Test
    @DisplayName("A machine that slept, or whose clock went back, does not lengthen a lease")
    void clocks() {
        first.tick();
        Lease slept = first.current().orElseThrow();
        now.updateAndGet(time -> time.plusSeconds(26));
        assertThat(slept.isValid()).isFalse();

        now.updateAndGet(time -> time.minusSeconds(3600));
        nanos.addAndGet(Duration.ofSeconds(26).toNanos());
        assertThat(slept.isValid()).isFalse();
    }

    @Test
    @DisplayName("The lease of a process proved dead is taken over at once")
    @EnabledOnOs(OS.LINUX)
    void deadProcess() throws Exception {
        Process process = new ProcessBuilder("sleep", "60").start();
        ProcessIdentity self = ProcessIdentity.current("restarted");
        ProcessIdentity killed = new ProcessIdentity(
                "killed",
                self.place(),
                process.pid(),
                ProcessIdentity.startOf(process.pid()).orElseThrow());
        keeper(new LeaseStore(database, killed, PROPERTIES.duration())).tick();
        LeaseKeeper restarted = keeper(new LeaseStore(database, self, PROPERTIES.duration()));

        restarted.tick();
        assertThat(restarted.current()).isEmpty();

        process.destroyForcibly().waitFor();
        restarted.tick();
        assertThat(restarted.current().orElseThrow().fence()).isEqualTo(2);
    }

    @Test
    @DisplayName("Who holds which lease can be seen")
    void holders() {
        first.tick();
        assertThat(store("any").holders()).singleElement().satisfies(holder -> {
            assertThat(holder.name()).isEqualTo("imaging-ingest-prince");
            assertThat(holder.process()).startsWith("first [");
            assertThat(holder.held()).isTrue();
        });
        runOut();
        assertThat(store("any").holders()).singleElement().matches(holder -> !holder.held());
    }

    private void pass(Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
        nanos.addAndGet(time.toNanos());
    }

    /** The database's clock passes the end of every lease. */
    private void runOut() {
        jdbc.sql("update lease set lock_until = dateadd(second, -1, current_timestamp(3))")
                .update();
    }

    private LeaseKeeper keeper(LeaseStore store) {
        return new LeaseKeeper("imaging-ingest-prince", store, PROPERTIES, clock, nanos::get);
    }

    private LeaseStore store(String node) {
        DataSource source = database;
        return new LeaseStore(source, new ProcessIdentity(node, node, 1, 1), PROPERTIES.duration());
    }
}
