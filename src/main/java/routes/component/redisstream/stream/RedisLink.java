package routes.component.redisstream.stream;

import java.time.Duration;

import io.lettuce.core.RedisException;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.api.sync.RedisCommands;
import org.jspecify.annotations.Nullable;

/**
 * One connection, opened when first needed and opened anew after it broke. Lettuce's own reconnecting is off: it
 * repeats commands whose answer was lost, and a repeated XADD or XREADGROUP is never what we want.
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

    /** Gives up the connection, as after a timeout, when nobody knows what its answers belong to. */
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
