package routes.imaging;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;

import org.awaitility.Awaitility;
import org.h2.tools.Server;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.test.util.TestSocketUtils;

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
        int port = TestSocketUtils.findAvailableTcpPort();
        Process database = startDatabase(port);
        try (RunningCaravan caravan = RunningCaravan.start(
                folder.resolve("caravan"),
                "spring.datasource.url=jdbc:h2:tcp://127.0.0.1:" + port
                        + "/./caravan;MODE=PostgreSQL;TIME ZONE=UTC;DATABASE_TO_LOWER=TRUE",
                "spring.datasource.username=sa",
                "imaging.ingest.enabled=false",
                "imaging.state.enabled=false",
                "imaging.upload.enabled=false",
                "imaging.tape.enabled=false",
                "imaging.retention.enabled=false",
                "imaging.report.enabled=false")) {
            awaitReady(caravan);

            stop(database);
            HttpResponse<String> ready = caravan.ask("/health/ready", SOON);
            assertThat(ready.statusCode()).isEqualTo(503);
            assertThat(ready.body()).contains("Not ready: db");
            assertThat(ready.headers().firstValue("Retry-After")).isPresent();
            assertThat(caravan.ask("/api/1/exports", SOON).statusCode()).isEqualTo(503);
            assertThat(caravan.ask("/health", SOON).statusCode()).isEqualTo(204);

            database = startDatabase(port);
            awaitReady(caravan);
            assertThat(caravan.ask("/api/1/exports", SOON).statusCode()).isEqualTo(200);
        } finally {
            stop(database);
        }
    }

    /**
     * Asks once in two seconds: the pool throws a broken connection away when its error has a SQLSTATE of connections,
     * which H2's has not, unlike PostgreSQL's, or when a look at it fails, which it spares one used just now.
     */
    private static void awaitReady(RunningCaravan caravan) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofSeconds(2))
                .until(() -> caravan.ask("/health/ready", SOON).statusCode() == 204);
    }

    /** A process of its own, since a server that stops within this JVM leaves its database half closed in it. */
    private Process startDatabase(int port) throws Exception {
        Process server = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Server.class.getName(),
                        "-tcp",
                        "-tcpPort",
                        Integer.toString(port),
                        "-ifNotExists",
                        "-baseDir",
                        folder.resolve("sql").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("database.log").toFile())
                .start();
        Awaitility.await("the database server").atMost(Duration.ofSeconds(30)).until(() -> accepts(port));
        return server;
    }

    private static boolean accepts(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    private static void stop(Process database) throws InterruptedException {
        database.destroyForcibly().waitFor();
    }
}
