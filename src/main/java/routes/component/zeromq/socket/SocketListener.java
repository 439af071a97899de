package routes.component.zeromq.socket;

/** Hears of everything that happens at a socket, in the thread it happens in; must be quick and thread-safe. */
public interface SocketListener {

    /** @param bytes of the message sent or received, else 0 */
    void onOutcome(SocketOutcome outcome, long bytes);

    /** The socket is there; its state can be watched. */
    void opened(SocketOwner owner);

    /** The socket is gone for good. */
    void closed();
}
