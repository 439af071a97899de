package routes.replay.socket;

/** Sockets that send. */
public enum WriterType {
    PUB,
    DEALER,
    REQ
}
