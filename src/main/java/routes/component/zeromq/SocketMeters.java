package routes.component.zeromq;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import org.apache.camel.CamelContext;
import org.apache.camel.support.CamelContextHelper;
import routes.component.zeromq.socket.SocketSettings;

/**
 * Meters of the sockets of a Camel context: totals, which never go down, and those of each address, which go with its
 * last socket. So the number of meters follows the sockets that are open, not all that ever were open.
 */
final class SocketMeters {

    private static final String REGISTRY = "io.micrometer.core.instrument.MeterRegistry";

    private final MeterRegistry registry;
    private final Map<Tags, AddressMeters> addresses = new HashMap<>();

    private SocketMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Empty where Micrometer is not on the class path or has no registry in the context. */
    static Optional<SocketMeters> find(CamelContext context) {
        if (context.getClassResolver().resolveClass(REGISTRY) == null) {
            return Optional.empty();
        }
        return Optional.ofNullable(CamelContextHelper.findSingleByType(context, MeterRegistry.class))
                .map(SocketMeters::new);
    }

    /** Whether the threads that all sockets share answer. */
    <T> void watch(T sockets, ToDoubleFunction<T> silence, ToDoubleFunction<T> renewals) {
        Gauge.builder("zeromq.io.silence", sockets, silence)
                .description("For how long a thread of ZeroMQ has not answered")
                .baseUnit("seconds")
                .register(registry);
        FunctionCounter.builder("zeromq.io.renewals", sockets, renewals)
                .description("How often all sockets were opened again because a thread of ZeroMQ hung or died")
                .register(registry);
    }

    /** Counts for a socket that is about to be opened. */
    synchronized MicrometerListener listen(SocketSettings settings) {
        Tags type = Tags.of("type", settings.type().name());
        Tags address = type.and("address", String.join(",", settings.addresses()));
        AddressMeters own = addresses.computeIfAbsent(address, tags -> new AddressMeters(registry, tags));
        own.join();
        MessageCounters totals = new MessageCounters(registry, "zeromq", type);
        return new MicrometerListener(totals, own, () -> leave(address, own));
    }

    private synchronized void leave(Tags address, AddressMeters own) {
        if (own.leave()) {
            addresses.remove(address);
        }
    }
}
