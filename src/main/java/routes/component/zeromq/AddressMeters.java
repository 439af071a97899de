package routes.component.zeromq;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.ToLongFunction;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import routes.component.zeromq.socket.SocketOutcome;
import routes.component.zeromq.socket.SocketOwner;

/** Meters of all sockets of one type at one address; they exist for as long as one of these does. */
final class AddressMeters {

    private final MeterRegistry registry;
    private final Tags tags;
    private final MessageCounters counters;
    private final List<SocketOwner> sockets = new CopyOnWriteArrayList<>();
    private final List<Meter> gauges = new ArrayList<>();
    private int users;

    AddressMeters(MeterRegistry registry, Tags tags) {
        this.registry = registry;
        this.tags = tags;
        this.counters = new MessageCounters(registry, "zeromq.socket", tags);
        gauge("peers", "Connections", socket -> socket.statistics().peers());
        gauge("queue.messages", "Messages that wait for the socket", SocketOwner::queuedMessages);
        gauge("queue.bytes", "Bytes that wait for the socket", SocketOwner::queuedBytes);
        gauge("inflight.messages", "Messages between socket and end of the route", SocketOwner::heldMessages);
        gauge("inflight.bytes", "Bytes between socket and end of the route", SocketOwner::heldBytes);
    }

    void count(SocketOutcome outcome, long bytes) {
        counters.count(outcome, bytes);
    }

    void join() {
        users++;
    }

    /** @return whether that was the last, and the meters are gone */
    boolean leave() {
        users--;
        if (users > 0) {
            return false;
        }
        gauges.forEach(registry::remove);
        counters.meters().forEach(registry::remove);
        return true;
    }

    void watch(SocketOwner socket) {
        sockets.add(socket);
    }

    void forget(SocketOwner socket) {
        sockets.remove(socket);
    }

    private void gauge(String name, String description, ToLongFunction<SocketOwner> value) {
        gauges.add(Gauge.builder(
                        "zeromq." + name,
                        () -> sockets.stream().mapToLong(value).sum())
                .description(description)
                .tags(tags)
                .register(registry));
    }
}
