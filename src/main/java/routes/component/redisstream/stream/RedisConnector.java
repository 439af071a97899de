package routes.component.redisstream.stream;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandInterruptedException;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections to one Redis.
 *
 * @param client shared by all endpoints of the component
 * @param uri where to; null for the client's own address
 */
public record RedisConnector(RedisClient client, @Nullable RedisURI uri) {

    public static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    /** Names are text; values stay bytes. */
    private static final RedisCodec<String, byte[]> CODEC = RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);

    /**
     * Opens a connection.
     *
     * @param timeout of its commands
     * @throws RedisException Redis cannot be reached
     */
    StatefulRedisConnection<String, byte[]> connect(Duration timeout) {
        StatefulRedisConnection<String, byte[]> connection = uri == null ? client.connect(CODEC) : connect(uri);
        connection.setTimeout(timeout);
        return connection;
    }

    /** Lettuce's blocking connect waits forever for a server that accepts the connection and says nothing. */
    private StatefulRedisConnection<String, byte[]> connect(RedisURI address) {
        CompletableFuture<StatefulRedisConnection<String, byte[]>> opening =
                client.connectAsync(CODEC, address).toCompletableFuture();
        try {
            return opening.get(address.getTimeout().plus(CONNECT_TIMEOUT).toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new RedisConnectionException(
                    "Cannot connect to Redis at " + address.getHost() + ":" + address.getPort() + ": " + rootMessage(e),
                    e.getCause());
        } catch (TimeoutException e) {
            opening.thenAccept(StatefulRedisConnection::closeAsync);
            throw new RedisConnectionException(
                    "Redis at " + address.getHost() + ":" + address.getPort() + " does not answer", e);
        } catch (InterruptedException e) {
            opening.thenAccept(StatefulRedisConnection::closeAsync);
            Thread.currentThread().interrupt();
            throw new RedisCommandInterruptedException(e);
        }
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }
}
