package routes.component.redisstream;

import java.time.Duration;

import io.lettuce.core.RedisURI;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.spi.EndpointServiceLocation;
import org.apache.camel.spi.HeaderFilterStrategy;
import org.apache.camel.spi.HeaderFilterStrategyAware;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.support.DefaultEndpoint;
import org.jspecify.annotations.Nullable;
import routes.component.redisstream.stream.DeadEntries;
import routes.component.redisstream.stream.RedisConnector;
import routes.component.redisstream.stream.RedisLink;

/**
 * Append to Redis Streams and consume them in groups, with retries, dead entries and safe trimming.
 */
@ManagedResource(description = "Managed redis-stream endpoint")
@UriEndpoint(
        firstVersion = "0.1.0",
        scheme = "redis-stream",
        title = "Redis Stream",
        syntax = "redis-stream:stream",
        category = {Category.MESSAGING, Category.CACHE},
        headersClass = RedisStreamConstants.class)
public class RedisStreamEndpoint extends DefaultEndpoint implements EndpointServiceLocation, HeaderFilterStrategyAware {

    @UriParam
    private RedisStreamConfiguration configuration;

    public RedisStreamEndpoint(String uri, RedisStreamComponent component, RedisStreamConfiguration configuration) {
        super(uri, component);
        this.configuration = configuration;
    }

    @Override
    public Producer createProducer() {
        return new RedisStreamProducer(this);
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        RedisStreamConsumer consumer = new RedisStreamConsumer(this, processor);
        configureConsumer(consumer);
        return consumer;
    }

    @Override
    public RedisStreamComponent getComponent() {
        return (RedisStreamComponent) super.getComponent();
    }

    public RedisStreamConfiguration getConfiguration() {
        return configuration;
    }

    /** Options of this endpoint. */
    public void setConfiguration(RedisStreamConfiguration configuration) {
        this.configuration = configuration;
    }

    @ManagedAttribute(description = "Key of the stream in Redis")
    public String getStream() {
        return configuration.getStream();
    }

    @Override
    public HeaderFilterStrategy getHeaderFilterStrategy() {
        return configuration.getHeaderFilterStrategy();
    }

    @Override
    public void setHeaderFilterStrategy(HeaderFilterStrategy strategy) {
        configuration.setHeaderFilterStrategy(strategy);
    }

    /** Host and port, never user or password. */
    @Override
    public @Nullable String getServiceUrl() {
        RedisURI address = connector().uri();
        return address == null ? null : address.getHost() + ":" + address.getPort();
    }

    @Override
    public String getServiceProtocol() {
        return "redis";
    }

    /** The dead entries of this stream; to be closed by whoever asks. */
    public DeadEntries deadEntries() {
        return new DeadEntries(getStream(), link());
    }

    RedisConnector connector() {
        return getComponent().connector(configuration);
    }

    RedisLink link() {
        return new RedisLink(connector(), commandTimeout());
    }

    RedisLink blockingLink() {
        return new RedisLink(connector(), commandTimeout().plusMillis(configuration.getBlock()));
    }

    private Duration commandTimeout() {
        return Duration.ofMillis(configuration.getCommandTimeout());
    }
}
