package routes.component.zeromq.socket;

import java.lang.reflect.Field;
import java.util.List;
import java.util.Optional;

import org.zeromq.ZMQ;
import zmq.SocketBase;
import zmq.socket.pubsub.Dist;
import zmq.socket.pubsub.XPub;

/**
 * Which subscribers a PUB or XPUB socket leaves out, because they were full when it last tried. JeroMQ 0.6 knows but
 * does not tell, so its fields are read; where that is not possible, only the first message they miss is noticed.
 */
final class FullSubscribers {

    private final Dist distributor;
    private final Field pipes;
    private final Field eligible;

    private FullSubscribers(Dist distributor, Field pipes, Field eligible) {
        this.distributor = distributor;
        this.pipes = pipes;
        this.eligible = eligible;
    }

    static Optional<FullSubscribers> of(ZMQ.Socket socket) {
        SocketBase base = socket.base();
        try {
            Dist distributor = (Dist) field(XPub.class, "dist").get(base);
            return Optional.of(
                    new FullSubscribers(distributor, field(Dist.class, "pipes"), field(Dist.class, "eligible")));
        } catch (ReflectiveOperationException | RuntimeException e) {
            return Optional.empty();
        }
    }

    /** For the socket's thread. */
    boolean any() {
        try {
            return ((List<?>) pipes.get(distributor)).size() > eligible.getInt(distributor);
        } catch (IllegalAccessException e) {
            return false;
        }
    }

    private static Field field(Class<?> owner, String name) throws NoSuchFieldException {
        Field field = owner.getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }
}
