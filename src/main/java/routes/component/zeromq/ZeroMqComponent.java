package routes.component.zeromq;

import java.util.Map;

import org.apache.camel.Endpoint;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.HealthCheckComponent;
import org.jspecify.annotations.Nullable;

/** ZeroMQ: all socket types, bound or connected, with back-pressure, heartbeats and CURVE. */
@Component("zeromq")
public class ZeroMqComponent extends HealthCheckComponent {

    @Metadata
    private ZeroMqConfiguration configuration = new ZeroMqConfiguration();

    @Metadata(label = "advanced", defaultValue = "1")
    private int ioThreads = 1;

    private @Nullable SharedSockets sockets;

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        if (remaining.isBlank()) {
            throw new IllegalArgumentException(
                    "A zeromq endpoint needs an address: zeromq:tcp://<host>:<port>?socketType=<type>");
        }
        ZeroMqConfiguration copy = configuration.copy();
        copy.setAddress(remaining);
        ZeroMqEndpoint endpoint = new ZeroMqEndpoint(uri, this, copy);
        setProperties(endpoint, parameters);
        return endpoint;
    }

    public ZeroMqConfiguration getConfiguration() {
        return configuration;
    }

    /** Options that all endpoints begin with. */
    public void setConfiguration(ZeroMqConfiguration configuration) {
        this.configuration = configuration;
    }

    public int getIoThreads() {
        return ioThreads;
    }

    /** Threads that move bytes for all sockets; one is enough for about a gigabyte each second. Below 1 is refused. */
    public void setIoThreads(int ioThreads) {
        if (ioThreads < 1) {
            throw new IllegalArgumentException("The option ioThreads is " + ioThreads + ", but must be at least 1");
        }
        this.ioThreads = ioThreads;
    }

    synchronized SharedSockets sockets() {
        if (sockets == null) {
            sockets = new SharedSockets(getCamelContext(), ioThreads);
        }
        return sockets;
    }

    @Override
    protected void doShutdown() throws Exception {
        super.doShutdown();
        SharedSockets old;
        synchronized (this) {
            old = sockets;
            sockets = null;
        }
        if (old != null) {
            old.close();
        }
    }
}
