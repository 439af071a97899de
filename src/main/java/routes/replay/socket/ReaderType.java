package routes.replay.socket;

/** Sockets that receive. */
public enum ReaderType {
    SUB,
    ROUTER,
    REP
}
