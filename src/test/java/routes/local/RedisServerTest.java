package routes.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.platform.Peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class RedisServerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    @Test
    @DisplayName("is a Redis with streams and consumer groups")
    void servesStreams() throws Exception {
        RedisServer server = new RedisServer(folder, LoopbackPort.free());
        server.start();
        long process = pid(folder);
        try (RedisClient client = RedisClient.create(server.address());
                StatefulRedisConnection<String, String> connection = client.connect()) {
            RedisCommands<String, String> redis = connection.sync();
            String id = redis.xadd("events", Map.of("job", "{}"));

            assertThat(redis.xrange("events", io.lettuce.core.Range.unbounded()))
                    .extracting(io.lettuce.core.StreamMessage::getId)
                    .containsExactly(id);
            assertThat(redis.configGet("append*"))
                    .containsEntry("appendonly", "yes")
                    .containsEntry("appendfsync", "always");
        } finally {
            server.stop();
        }
        assertThat(ProcessHandle.of(process).filter(ProcessHandle::isAlive)).isEmpty();
    }

    @Test
    @DisplayName("a killed redis-server comes back by itself with every entry it acknowledged")
    void restartsAfterKill() throws Exception {
        RedisServer server = new RedisServer(folder, LoopbackPort.free());
        server.start();
        try {
            add(server, 500);
            for (int kill = 0; kill < 2; kill++) {
                long killed = pid(folder);
                ProcessHandle.of(killed).orElseThrow().destroyForcibly();
                await().atMost(PATIENCE).until(() -> server.trouble().isEmpty() && pid(folder) != killed);
            }
            assertThat(length(server)).isEqualTo(500);
        } finally {
            server.stop();
        }
    }

    @Test
    @DisplayName("reports the death of redis-server while it cannot be started again")
    void reportsTrouble() throws Exception {
        RedisServer server = new RedisServer(folder, LoopbackPort.free());
        server.start();
        try {
            Path aof = folder.resolve("appendonly.aof");
            add(server, 1);
            Files.delete(aof);
            Files.createDirectory(aof);
            ProcessHandle.of(pid(folder)).orElseThrow().destroyForcibly();

            await().atMost(PATIENCE).until(() -> server.trouble().isPresent());
            Files.delete(aof);
            await().atMost(PATIENCE).until(() -> server.trouble().isEmpty());
            assertThat(length(server)).isZero();
        } finally {
            server.stop();
        }
    }

    @Test
    @DisplayName("keeps its entries over a stop and a start")
    void keepsEntries() throws Exception {
        RedisServer before = new RedisServer(folder, LoopbackPort.free());
        before.start();
        add(before, 10);
        before.stop();

        RedisServer after = new RedisServer(folder, LoopbackPort.free());
        after.start();
        try {
            assertThat(length(after)).isEqualTo(10);
        } finally {
            after.stop();
        }
    }

    @Test
    @DisplayName("a taken port is named, with the key to change")
    void refusesTakenPort() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName(LoopbackPort.HOST))) {
            RedisServer server = new RedisServer(folder, other.getLocalPort());

            assertThatThrownBy(server::start)
                    .isInstanceOf(LocalServiceException.class)
                    .hasMessageContaining("Port " + other.getLocalPort())
                    .hasMessageContaining("taken");
        }
    }

    @Test
    @DisplayName("kill -9 of the Java process leaves no redis-server behind, and loses no entry")
    void endsWithTheJvm() throws Exception {
        Process java = TestJvm.start(RedisServerTest.class, folder.toString());
        long redis;
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(java.getInputStream(), StandardCharsets.UTF_8))) {
            redis = Long.parseLong(out.readLine());
            assertThat(ProcessHandle.of(redis)).isPresent();
            java.destroyForcibly().waitFor();
        }
        await().atMost(Duration.ofSeconds(5)).until(() -> !runs(redis));

        RedisServer next = new RedisServer(folder, LoopbackPort.free());
        next.start();
        try {
            assertThat(length(next)).isEqualTo(100);
        } finally {
            next.stop();
        }
    }

    @Test
    @DisplayName("CP16 what a terminal sends to the whole process group ends Java, and redis-server after it")
    void outlivesTheProcessGroup() throws Exception {
        String setsid = Peers.require("setsid").path().toString();
        // Somebody who runs tests in the background has them ignore interrupts
        Process java =
                TestJvm.start(List.of(setsid, "env", "--default-signal=INT"), RedisServerTest.class, folder.toString());
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(java.getInputStream(), StandardCharsets.UTF_8))) {
            long redis = Long.parseLong(out.readLine());
            new ProcessBuilder("kill", "-INT", "--", "-" + java.pid()).start().waitFor();

            assertThat(out.readLine()).isEqualTo("101 entries");
            java.waitFor();
            assertThat(runs(redis)).isFalse();
        } finally {
            java.destroyForcibly();
        }
        assertThat(folder.resolve("redis.log")).content().doesNotContain("SIGINT");
    }

    /**
     * The Java process to kill: starts Redis, writes, tells the child's process id and waits for its end. When it is asked
     * to end, it still writes and tells how much there is.
     */
    public static void main(String[] args) throws Exception {
        RedisServer server = new RedisServer(Path.of(args[0]), LoopbackPort.free());
        server.start();
        add(server, 100);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            add(server, 1);
            System.out.println(length(server) + " entries");
            stop(server);
        }));
        System.out.println(pid(Path.of(args[0])));
        Thread.currentThread().join();
    }

    private static long pid(Path folder) throws IOException {
        return Long.parseLong(Files.readString(folder.resolve("redis.pid")).strip());
    }

    private static void stop(RedisServer server) {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** A dead process may stay in the table as a zombie, which has no command any more. */
    private static boolean runs(long pid) {
        return ProcessHandle.of(pid)
                .filter(process -> process.info().command().isPresent())
                .isPresent();
    }

    private static void add(RedisServer server, int entries) {
        try (RedisClient client = RedisClient.create(server.address());
                StatefulRedisConnection<String, String> connection = client.connect()) {
            for (int i = 0; i < entries; i++) {
                connection.sync().xadd("events", Map.of("number", Integer.toString(i)));
            }
        }
    }

    private static long length(RedisServer server) {
        try (RedisClient client = RedisClient.create(server.address());
                StatefulRedisConnection<String, String> connection = client.connect()) {
            return connection.sync().xlen("events");
        }
    }
}
