package routes.component.framestore;

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
import routes.component.framestore.api.FrameStore;

/**
 * Record streams of frames on disk for a while, from where Java code reads them again.
 */
@ManagedResource(description = "Managed frame-store endpoint")
@UriEndpoint(
        firstVersion = "0.1.0",
        scheme = "frame-store",
        title = "Frame Store",
        syntax = "frame-store:name",
        category = {Category.DATABASE},
        producerOnly = true,
        headersClass = FrameStoreConstants.class)
public class FrameStoreEndpoint extends DefaultEndpoint implements EndpointServiceLocation {

    @UriParam
    private FrameStoreConfiguration configuration;

    public FrameStoreEndpoint(String uri, FrameStoreComponent component, FrameStoreConfiguration configuration) {
        super(uri, component);
        this.configuration = configuration;
    }

    @Override
    public Producer createProducer() {
        return new FrameStoreProducer(this);
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw new UnsupportedOperationException(
                "Nothing can be consumed from " + this + "; recordings are read with the Java API of the store");
    }

    @Override
    public FrameStoreComponent getComponent() {
        return (FrameStoreComponent) super.getComponent();
    }

    public FrameStoreConfiguration getConfiguration() {
        return configuration;
    }

    /** Options of this endpoint. */
    public void setConfiguration(FrameStoreConfiguration configuration) {
        this.configuration = configuration;
    }

    @ManagedAttribute(description = "Name of the store")
    public String getName() {
        return configuration.getName();
    }

    @Override
    public String getServiceUrl() {
        return configuration.storeOptions().directory().toString();
    }

    @Override
    public String getServiceProtocol() {
        return "file";
    }

    FrameStore store() {
        return getComponent().store(configuration);
    }
}
