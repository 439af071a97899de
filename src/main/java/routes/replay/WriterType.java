package routes.replay;

/** Sockets that send. */
enum WriterType {
    PUB,
    DEALER,
    REQ
}
