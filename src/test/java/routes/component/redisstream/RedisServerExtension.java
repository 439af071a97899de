package routes.component.redisstream;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.lettuce.core.Consumer;
import io.lettuce.core.RedisClient;
import io.lettuce.core.XReadArgs.StreamOffset;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.test.util.TestSocketUtils;
import redis.embedded.RedisServer;

/** A real Redis on a free port for one test class, with its data kept over {@link #stop()} and {@link #start()}. */
public final class RedisServerExtension implements BeforeAllCallback, AfterAllCallback {

    private final int port = TestSocketUtils.findAvailableTcpPort();
    private @Nullable Path directory;
    private @Nullable RedisServer server;
    private @Nullable RedisClient client;
    private @Nullable StatefulRedisConnection<String, String> connection;

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        directory = Files.createTempDirectory("redis-stream-test");
        start();
        client = RedisClient.create(url());
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        Objects.requireNonNull(client).shutdown();
        stop();
    }

    int port() {
        return port;
    }

    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    void start() throws IOException {
        server = RedisServer.newRedisServer()
                .port(port)
                .setting("dir " + directory)
                .setting("save \"\"")
                .setting("appendonly yes")
                .setting("appendfsync always")
                .build();
        server.start();
    }

    void stop() throws IOException {
        Objects.requireNonNull(server).stop();
    }

    /** For the test's own use. */
    public RedisCommands<String, String> redis() {
        if (connection == null) {
            connection = Objects.requireNonNull(client).connect();
        }
        return connection.sync();
    }

    /** The fields of all entries of a stream. */
    List<Map<String, String>> entries(String stream) {
        return redis().xrange(stream, io.lettuce.core.Range.unbounded()).stream()
                .<Map<String, String>>map(message -> new LinkedHashMap<>(message.getBody()))
                .toList();
    }

    /** Entries delivered to the group and not acknowledged. */
    long pending(String stream, String group) {
        return redis().xpending(stream, group).getCount();
    }

    /** Delivers all new entries to a consumer that does nothing with them. */
    @SuppressWarnings("unchecked") // Lettuce takes its streams as varargs of a generic type
    void deliver(String stream, String group, String consumer) {
        redis().xreadgroup(Consumer.from(group, consumer), StreamOffset.lastConsumed(stream));
    }
}
