package routes.component.redisstream.stream;

import java.time.Duration;

import io.lettuce.core.RedisException;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.api.sync.RedisCommands;
import org.jspecify.annotations.Nullable;

/**
 * One connection, opened when first needed and reopened after it broke. Lettuce's own reconnecting is off: it repeats
 * commands whose answer was lost, and a repeated XADD or XREADGROUP is never right here.
 */
public final class RedisLink implements AutoCloseable {

    private final RedisConnector connector;
    private final Duration timeout;
    private @Nullable StatefulRedisConnection<String, byte[]> connection;
    private boolean closed;

    public RedisLink(RedisConnector connector, Duration timeout) {
        this.connector = connector;
        this.timeout = timeout;
    }

    /** @throws RedisException Redis cannot be reached, or this link is closed */
    RedisCommands<String, byte[]> sync() {
        return open().sync();
    }

    /** @throws RedisException Redis cannot be reached, or this link is closed */
    RedisAsyncCommands<String, byte[]> async() {
        return open().async();
    }

    /** Drops the connection, for example after a timeout, when answers can no longer be matched to commands. */
    synchronized void drop() {
        if (connection != null) {
            connection.closeAsync();
            connection = null;
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        drop();
    }

    private synchronized StatefulRedisConnection<String, byte[]> open() {
        if (closed) {
            throw new RedisException("The connection was closed because its endpoint stopped");
        }
        if (connection == null || !connection.isOpen()) {
            drop();
            connection = connector.connect(timeout);
        }
        return connection;
    }
}
