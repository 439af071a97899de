package routes.component.zeromq.socket;

import org.zeromq.SocketType;

/** The socket types of ZeroMQ and what a route can do with them. */
public enum ZeroMqSocketType {
    PUB(SocketType.PUB, true, false),
    SUB(SocketType.SUB, false, true),
    PUSH(SocketType.PUSH, true, false),
    PULL(SocketType.PULL, false, true),
    REQ(SocketType.REQ, true, false),
    REP(SocketType.REP, false, true),
    DEALER(SocketType.DEALER, true, true),
    ROUTER(SocketType.ROUTER, true, true),
    PAIR(SocketType.PAIR, true, true),
    XPUB(SocketType.XPUB, true, true),
    XSUB(SocketType.XSUB, true, true);

    private final SocketType jeromq;
    private final boolean produces;
    private final boolean consumes;

    ZeroMqSocketType(SocketType type, boolean produces, boolean consumes) {
        this.jeromq = type;
        this.produces = produces;
        this.consumes = consumes;
    }

    SocketType jeromq() {
        return jeromq;
    }

    /** Whether a route can send to it. */
    public boolean produces() {
        return produces;
    }

    /** Whether a route can begin with it. */
    public boolean consumes() {
        return consumes;
    }

    /** Whether a producer and a consumer can use one socket together. */
    public boolean twoWay() {
        return produces && consumes;
    }

    /** Whether the socket says "writable" at any time, so that its room must be asked for by trying. */
    boolean alwaysSaysWritable() {
        return this == PUB || this == XPUB || this == ROUTER;
    }
}
