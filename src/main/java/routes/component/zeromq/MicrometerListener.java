package routes.component.zeromq;

import java.util.function.ObjLongConsumer;

import org.jspecify.annotations.Nullable;
import routes.component.zeromq.socket.SocketOutcome;
import routes.component.zeromq.socket.SocketOwner;

/** Counts what happens at one socket. */
final class MicrometerListener implements ObjLongConsumer<SocketOutcome> {

    private final MessageCounters totals;
    private final AddressMeters own;
    private final Runnable whenClosed;
    private @Nullable SocketOwner socket;

    /** @param own those of the socket's address */
    MicrometerListener(MessageCounters totals, AddressMeters own, Runnable whenClosed) {
        this.totals = totals;
        this.own = own;
        this.whenClosed = whenClosed;
    }

    @Override
    public void accept(SocketOutcome outcome, long bytes) {
        totals.count(outcome, bytes);
        own.count(outcome, bytes);
    }

    /** The socket is there; its state can be watched. */
    void opened(SocketOwner owner) {
        socket = owner;
        own.watch(owner);
    }

    /** The socket is gone for good. */
    void closed() {
        if (socket != null) {
            own.forget(socket);
        }
        whenClosed.run();
    }
}
