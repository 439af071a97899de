package routes.component.zeromq;

import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.spi.EndpointServiceLocation;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.support.DefaultEndpoint;
import org.jspecify.annotations.Nullable;
import routes.component.zeromq.socket.SocketSettings;

/**
 * Send and receive messages over ZeroMQ, with all its patterns and without a broker.
 */
@ManagedResource(description = "Managed zeromq endpoint")
@UriEndpoint(
        firstVersion = "0.1.0",
        scheme = "zeromq",
        title = "ZeroMQ",
        syntax = "zeromq:address",
        category = {Category.MESSAGING, Category.NETWORKING},
        headersClass = ZeroMqConstants.class)
public class ZeroMqEndpoint extends DefaultEndpoint implements EndpointServiceLocation {

    @UriParam
    private ZeroMqConfiguration configuration;

    public ZeroMqEndpoint(String uri, ZeroMqComponent component, ZeroMqConfiguration configuration) {
        super(uri, component);
        this.configuration = configuration;
    }

    @Override
    public Producer createProducer() {
        SocketSettings settings = SocketSettingsFactory.of(configuration);
        if (!settings.type().produces()) {
            throw new IllegalArgumentException("A route cannot send to a " + settings.type() + " socket ("
                    + settings.name() + "); use PUB, PUSH, REQ, ROUTER, DEALER, PAIR, XPUB or XSUB");
        }
        return new ZeroMqProducer(this, settings);
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        SocketSettings settings = SocketSettingsFactory.of(configuration);
        if (!settings.type().consumes()) {
            throw new IllegalArgumentException("A route cannot begin with a " + settings.type() + " socket ("
                    + settings.name() + "); use SUB, PULL, REP, ROUTER, DEALER, PAIR, XPUB or XSUB");
        }
        ZeroMqConsumer consumer = new ZeroMqConsumer(this, processor, settings);
        configureConsumer(consumer);
        return consumer;
    }

    @Override
    public ZeroMqComponent getComponent() {
        return (ZeroMqComponent) super.getComponent();
    }

    public ZeroMqConfiguration getConfiguration() {
        return configuration;
    }

    /** Options of this endpoint. */
    public void setConfiguration(ZeroMqConfiguration configuration) {
        this.configuration = configuration;
    }

    @ManagedAttribute(description = "Addresses as configured")
    public String getAddress() {
        return configuration.getAddress();
    }

    @ManagedAttribute(description = "Socket type")
    public String getSocketType() {
        return String.valueOf(configuration.getSocketType());
    }

    @Override
    public @Nullable String getServiceUrl() {
        return configuration.getAddress();
    }

    @Override
    public String getServiceProtocol() {
        return "zeromq";
    }
}
