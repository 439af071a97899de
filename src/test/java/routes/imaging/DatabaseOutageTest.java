package routes.imaging;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;

import org.awaitility.Awaitility;
import org.h2.tools.Server;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What clients and load balancers are told while the database is stopped. */
class DatabaseOutageTest {

    /** Less than the 30 s that the connection pool waits by itself: a load balancer has given up by then. */
    private static final Duration SOON = Duration.ofSeconds(15);

    @TempDir
    Path folder;

    @Test
    @DisplayName("A01 without database the ready check gives 503 and names it, queries give 503, and health stays 204")
    void databaseStopped() throws Exception {
        Server database = startDatabase("0");
        try (RunningCaravan caravan = RunningCaravan.start(
                folder.resolve("caravan"),
                "spring.datasource.url=jdbc:h2:tcp://127.0.0.1:" + database.getPort()
                        + "/./caravan;MODE=PostgreSQL;TIME ZONE=UTC;DATABASE_TO_LOWER=TRUE",
                "spring.datasource.username=sa",
                "imaging.ingest.enabled=false",
                "imaging.state.enabled=false",
                "imaging.upload.enabled=false",
                "imaging.tape.enabled=false",
                "imaging.retention.enabled=false",
                "imaging.report.enabled=false")) {
            awaitReady(caravan);

            database.stop();
            HttpResponse<String> ready = caravan.ask("/health/ready", SOON);
            assertThat(ready.statusCode()).isEqualTo(503);
            assertThat(ready.body()).contains("Not ready: db");
            assertThat(ready.headers().firstValue("Retry-After")).isPresent();
            assertThat(caravan.ask("/api/1/exports", SOON).statusCode()).isEqualTo(503);
            assertThat(caravan.ask("/health", SOON).statusCode()).isEqualTo(204);

            database = startDatabase(Integer.toString(database.getPort()));
            awaitReady(caravan);
            assertThat(caravan.ask("/api/1/exports", SOON).statusCode()).isEqualTo(200);
        } finally {
            database.stop();
        }
    }

    private static void awaitReady(RunningCaravan caravan) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> caravan.ask("/health/ready", SOON).statusCode() == 204);
    }

    private Server startDatabase(String port) throws SQLException {
        return Server.createTcpServer(
                        "-tcpPort", port, "-tcpDaemon", "-ifNotExists", "-baseDir", folder.resolve("sql") + "")
                .start();
    }
}
