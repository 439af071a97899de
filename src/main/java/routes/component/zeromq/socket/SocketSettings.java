package routes.component.zeromq.socket;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.zeromq.ZMQ;

/**
 * Everything that describes a socket. Endpoints with equal settings can use one socket.
 *
 * @param subscriptions beginnings of the messages that a SUB socket wants
 */
public record SocketSettings(
        ZeroMqSocketType type,
        ZeroMqMode mode,
        List<String> addresses,
        Set<String> subscriptions,
        int sendHighWaterMark,
        int receiveHighWaterMark,
        Duration linger,
        Reconnecting reconnecting,
        Heartbeat heartbeat,
        int handshakeTimeout,
        boolean immediate,
        long maxMessageSize,
        Optional<String> routingId,
        boolean noDrop,
        boolean routerMandatory,
        boolean routerHandover,
        KeepAlive keepAlive,
        Curve curve,
        Optional<String> ipcPermissions,
        int sendQueueSize,
        long sendQueueBytes) {

    public record Reconnecting(int interval, int maxInterval, Duration reopenDelay, Duration reopenMaxDelay) {}

    public record Heartbeat(int interval, int timeout, int ttl) {}

    public record KeepAlive(int on, int idle, int interval, int count) {}

    /** Sets the options that must be there before the socket binds or connects. */
    void applyTo(ZMQ.Socket socket) {
        socket.setSndHWM(sendHighWaterMark);
        socket.setRcvHWM(receiveHighWaterMark);
        socket.setLinger((int) linger.toMillis());
        socket.setReconnectIVL(reconnecting.interval());
        socket.setReconnectIVLMax(reconnecting.maxInterval());
        socket.setHeartbeatIvl(heartbeat.interval());
        // To JeroMQ 0 is no time-out at all.
        socket.setHeartbeatTimeout(heartbeat.timeout() == 0 ? heartbeat.interval() : heartbeat.timeout());
        socket.setHeartbeatTtl(heartbeat.ttl());
        // Not left at half a minute: when connecting, JeroMQ 0.6 now and then forgets to listen for the handshake, and
        // only this makes it try again.
        socket.setHandshakeIvl(handshakeTimeout);
        socket.setImmediate(!immediate); // JeroMQ's flag means the opposite of libzmq's
        socket.setMaxMsgSize(maxMessageSize);
        routingId.ifPresent(id -> socket.setIdentity(id.getBytes(StandardCharsets.UTF_8)));
        applyKeepAlive(socket);
        applyType(socket);
        curve.applyTo(socket);
    }

    private void applyKeepAlive(ZMQ.Socket socket) {
        socket.setTCPKeepAlive(keepAlive.on());
        socket.setTCPKeepAliveIdle(keepAlive.idle());
        socket.setTCPKeepAliveInterval(keepAlive.interval());
        socket.setTCPKeepAliveCount(keepAlive.count());
    }

    private void applyType(ZMQ.Socket socket) {
        switch (type) {
            case SUB -> subscriptions.forEach(topic -> socket.subscribe(topic.getBytes(StandardCharsets.UTF_8)));
            case PUB, XPUB -> socket.setXpubNoDrop(true); // otherwise the socket drops silently; see OpenSocket
            case ROUTER -> {
                socket.setRouterMandatory(true); // for the same reason
                socket.setRouterHandover(routerHandover);
            }
            case REQ -> {
                // After a time-out the next request may go out, and the late reply is told from its own.
                socket.setReqRelaxed(true);
                socket.setReqCorrelate(true);
            }
            default -> {}
        }
    }

    public String name() {
        return type + " " + mode + " " + String.join(",", addresses);
    }
}
