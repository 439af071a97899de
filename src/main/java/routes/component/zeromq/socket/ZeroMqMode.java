package routes.component.zeromq.socket;

/** Which side of a connection the socket is. */
public enum ZeroMqMode {
    /** Waits for peers at its addresses. */
    bind,
    /** Goes to the addresses, and again whenever a connection is lost. */
    connect
}
