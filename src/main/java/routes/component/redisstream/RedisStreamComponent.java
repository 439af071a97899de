package routes.component.redisstream;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.HealthCheckComponent;
import org.jspecify.annotations.Nullable;
import routes.component.redisstream.stream.RedisConnector;

/** Redis Streams: append, consume in groups, retry, dead entries, trim. */
@Component("redis-stream")
public class RedisStreamComponent extends HealthCheckComponent {

    @Metadata
    private RedisStreamConfiguration configuration = new RedisStreamConfiguration();

    private final Set<ConsumerIdentity> consumers = ConcurrentHashMap.newKeySet();
    private @Nullable RedisClient ownClient;

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        if (remaining.isBlank()) {
            throw new IllegalArgumentException(
                    "A redis-stream endpoint needs the name of its stream: redis-stream:<stream>");
        }
        RedisStreamConfiguration copy = configuration.copy();
        copy.setStream(remaining);
        RedisStreamEndpoint endpoint = new RedisStreamEndpoint(uri, this, copy);
        setProperties(endpoint, parameters);
        return endpoint;
    }

    public RedisStreamConfiguration getConfiguration() {
        return configuration;
    }

    /** Options that all endpoints begin with. */
    public void setConfiguration(RedisStreamConfiguration configuration) {
        this.configuration = configuration;
    }

    RedisConnector connector(RedisStreamConfiguration options) {
        String url = options.getRedisUrl();
        RedisURI address = url == null ? null : address(url, Duration.ofMillis(options.getCommandTimeout()));
        RedisClient given = options.getRedisClient();
        if (given != null) {
            return new RedisConnector(given, address);
        }
        if (address == null) {
            throw new IllegalArgumentException(
                    "The redis-stream component does not know where Redis is: set its option redisUrl"
                            + " (redis://host:port), or put a RedisClient into the registry");
        }
        return new RedisConnector(ownClient(), address);
    }

    /** @throws IllegalStateException another consumer of this process is that already */
    void register(ConsumerIdentity identity) {
        if (!consumers.add(identity)) {
            throw new IllegalStateException("Two consumers of one process cannot both be " + identity
                    + ": give one of them another consumerName");
        }
    }

    void unregister(ConsumerIdentity identity) {
        consumers.remove(identity);
    }

    @Override
    protected void doShutdown() throws Exception {
        super.doShutdown();
        synchronized (this) {
            if (ownClient != null) {
                ownClient.shutdown(0, 2, TimeUnit.SECONDS);
                ownClient = null;
            }
        }
    }

    private synchronized RedisClient ownClient() {
        if (ownClient == null) {
            RedisClient client = RedisClient.create();
            client.setOptions(ClientOptions.builder()
                    .autoReconnect(false)
                    .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
                    .socketOptions(SocketOptions.builder()
                            .connectTimeout(RedisConnector.CONNECT_TIMEOUT)
                            .keepAlive(true)
                            .build())
                    .build());
            ownClient = client;
        }
        return ownClient;
    }

    /** The error must not repeat the address, for there may be a password in it. */
    private static RedisURI address(String url, Duration timeout) {
        try {
            RedisURI address = RedisURI.create(url);
            address.setTimeout(timeout);
            return address;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "redisUrl is not an address of Redis; it must look like redis://[user:password@]host[:port][/database]"
                            + " or rediss://…");
        }
    }

    /** Who reads in a group. */
    record ConsumerIdentity(String stream, String group, String consumer) {

        @Override
        public String toString() {
            return "consumer " + consumer + " of group " + group + " of stream " + stream;
        }
    }
}
