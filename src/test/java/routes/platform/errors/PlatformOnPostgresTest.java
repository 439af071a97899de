package routes.platform.errors;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import routes.platform.PostgresServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** The migration and every statement of the dead letters on PostgreSQL. Skipped where it is not installed. */
@Tag("peer")
class PlatformOnPostgresTest {

    private static @Nullable PostgresServer server;
    private static DataSource database;

    @BeforeAll
    static void start() throws Exception {
        Optional<Path> programs = PostgresServer.installed();
        if (!"true".equals(System.getenv("CARAVAN_REQUIRE_PEERS"))) {
            assumeThat(programs).as("PostgreSQL is installed").isPresent();
        }
        server = PostgresServer.start(programs.orElseThrow());
        database = server.dataSource();
        Flyway.configure()
                .dataSource(database)
                .placeholders(Map.of("jsonb", "jsonb"))
                .load()
                .migrate();
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    @Test
    @DisplayName("A dead letter is kept, found, claimed and finished on PostgreSQL")
    void deadLetters() {
        DeadLetterRepository letters = new DeadLetterRepository(JdbcClient.create(database));
        Instant now = Instant.parse("2026-01-01T12:00:00.123456Z");
        StoredBody body = new StoredBody(StoredBody.Type.BYTES, null, 3, new byte[] {0, 1, -1}, null);
        DeadLetter letter = new DeadLetter(
                "a-route",
                null,
                "a-route",
                null,
                null,
                "java.io.IOException",
                "10% of it",
                "trace",
                false,
                "exchange",
                "correlation",
                body,
                "{}",
                null,
                null,
                "node",
                now);

        long id = letters.insert(letter);
        DeadLetterFilter all =
                new DeadLetterFilter(DeadLetterStatus.DEAD, "a-route", "IOException", "10%", now, now.plusSeconds(1));

        assertThat(letters.list(all, 10, 0)).singleElement().satisfies(found -> assertThat(found.failedAt())
                .isEqualTo(now));
        assertThat(letters.count(new DeadLetterFilter(null, null, null, null, null, null)))
                .isEqualTo(1);
        assertThat(letters.find(id).orElseThrow().letter().body().bytes()).containsExactly(0, 1, -1);
        assertThat(letters.queueAll(all, now)).isEqualTo(1);
        assertThat(letters.queue(id, now)).isFalse();
        DeadLetterRepository.Claim claim = letters.claimNext(List.of("a-route"), now, Duration.ofMinutes(1))
                .orElseThrow();
        assertThat(letters.claimNext(List.of("a-route"), now, Duration.ofMinutes(1)))
                .isEmpty();
        assertThat(letters.discard(id, now)).isFalse();
        letters.finish(claim, DeadLetterStatus.REQUEUED, null, now);
        assertThat(letters.find(id).orElseThrow().status()).isEqualTo("requeued");
    }
}
