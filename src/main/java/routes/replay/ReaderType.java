package routes.replay;

/** Sockets that receive. */
enum ReaderType {
    SUB,
    ROUTER,
    REP
}
