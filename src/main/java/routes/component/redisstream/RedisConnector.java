package routes.component.redisstream;

import java.time.Duration;

import io.lettuce.core.RedisClient;
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
record RedisConnector(RedisClient client, @Nullable RedisURI uri) {

    /** Names are text, values are kept as the bytes they are. */
    private static final RedisCodec<String, byte[]> CODEC = RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);

    StatefulRedisConnection<String, byte[]> connect(Duration timeout) {
        StatefulRedisConnection<String, byte[]> connection =
                uri == null ? client.connect(CODEC) : client.connect(CODEC, uri);
        connection.setTimeout(timeout);
        return connection;
    }
}
