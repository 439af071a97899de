package routes.component.zeromq.socket;

/** What can happen to a message or a connection of a socket; each is counted. */
public enum SocketOutcome {
    /** A message was accepted by the socket. */
    SENT,
    /** A message was read from the socket. */
    RECEIVED,
    /** A message was not accepted in time; its exchange failed. */
    SEND_TIMED_OUT,
    /** A reply did not come in time; its exchange failed. */
    REPLY_TIMED_OUT,
    /** A message missed a peer that was at its high-water mark; for PUB and XPUB a lower bound. */
    DROPPED_FULL,
    /** A message was for a peer that a ROUTER does not know. */
    DROPPED_UNROUTABLE,
    /** A message came that no request had asked for. */
    DROPPED_UNEXPECTED,
    /** A message was read, but its route stopped before it could take it. */
    DROPPED_AT_STOP,
    /** A connection was made, by us or by a peer. */
    CONNECTED,
    /** A connection ended. */
    DISCONNECTED,
    /** A connection could not be made and will be tried again. */
    CONNECT_RETRIED,
    /** A peer was refused or refused us, by its keys or for breaking the protocol. */
    HANDSHAKE_FAILED,
    /** The socket could not be opened, or failed and will be opened again. */
    REOPENED
}
