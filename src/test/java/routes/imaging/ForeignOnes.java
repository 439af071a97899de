package routes.imaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

import org.h2.tools.Server;
import org.springframework.util.FileSystemUtils;
import redis.embedded.RedisServer;
import routes.platform.FreePort;
import software.amazon.awssdk.services.s3.S3Client;

/** A Redis, an S3 and an SQL server of the test's own, each of which can be down for a while. */
final class ForeignOnes implements Services, AutoCloseable {

    private static final String DATABASE_SETTINGS =
            ";MODE=PostgreSQL;TIME ZONE=UTC;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;WRITE_DELAY=0";

    private final Path folder = Files.createTempDirectory("caravan-services");
    private final int redisPort = FreePort.any();
    private final int databasePort = FreePort.any();
    private final TestStore store = new TestStore();
    private RedisServer redis = startRedis();
    private Server database = startDatabase();

    ForeignOnes() throws Exception {}

    @Override
    public List<String> settings() {
        return List.of(
                "--spring.data.redis.url=" + redisUrl(),
                "--camel.component.aws2-s3.uri-endpoint-override="
                        + store.connection().endpoint().orElseThrow(),
                "--camel.component.aws2-s3.override-endpoint=true",
                "--camel.component.aws2-s3.force-path-style=true",
                "--camel.component.aws2-s3.region=us-east-1",
                "--camel.component.aws2-s3.access-key=local",
                "--camel.component.aws2-s3.secret-key=locallocal",
                "--spring.datasource.url=jdbc:h2:tcp://127.0.0.1:" + databasePort + "/./caravan" + DATABASE_SETTINGS,
                "--spring.datasource.driver-class-name=org.h2.Driver",
                "--spring.datasource.username=sa");
    }

    @Override
    public String redisUrl() {
        return "redis://127.0.0.1:" + redisPort;
    }

    @Override
    public S3Client openS3() {
        return store.connection().open();
    }

    void stopRedis() throws IOException {
        redis.stop();
    }

    RedisServer startRedis() throws IOException {
        redis = RedisServer.newRedisServer()
                .port(redisPort)
                .setting("dir " + folder)
                .setting("save \"\"")
                .setting("appendonly yes")
                .setting("appendfsync always")
                .build();
        redis.start();
        return redis;
    }

    void stopS3() throws Exception {
        store.pause();
    }

    void startS3() throws Exception {
        store.resume();
    }

    void stopDatabase() {
        database.stop();
    }

    Server startDatabase() throws SQLException {
        database = Server.createTcpServer(
                        "-tcpPort",
                        Integer.toString(databasePort),
                        "-tcpDaemon",
                        "-ifNotExists",
                        "-baseDir",
                        "" + folder)
                .start();
        return database;
    }

    @Override
    public void close() throws IOException {
        try (store) {
            database.stop();
            redis.stop();
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
    }
}
