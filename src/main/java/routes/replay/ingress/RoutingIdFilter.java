package routes.replay.ingress;

import java.util.Map;
import java.util.Optional;

import com.google.protobuf.ByteString;
import routes.replay.protocol.RecentlyUsed;

/**
 * Keeps late messages of an old connection from mixing into those of the new one when a source was restarted: a
 * connection that was followed by another on the same topic is not listened to again. Not thread-safe.
 */
public final class RoutingIdFilter {

    private static final int MAX_TOPICS = 1024;

    private final Map<ByteString, ByteString> current = new RecentlyUsed<>(MAX_TOPICS);
    private final Map<Sender, Boolean> expired;

    /** @param capacity how many expired connections are remembered, counted a topic each */
    RoutingIdFilter(int capacity) {
        this.expired = new RecentlyUsed<>(capacity);
    }

    /** Always true without a routing id, which only router sockets give. */
    boolean accepts(Sender sender) {
        Optional<ByteString> routingId = sender.routingId();
        if (routingId.isEmpty() || routingId.get().equals(current.get(sender.topic()))) {
            return true;
        }
        if (expired.get(sender) != null) {
            return false;
        }
        ByteString previous = current.put(sender.topic(), routingId.get());
        if (previous != null) {
            expired.put(new Sender(sender.topic(), Optional.of(previous)), true);
        }
        return true;
    }
}
