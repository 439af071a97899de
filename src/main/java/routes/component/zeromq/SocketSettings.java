package routes.component.zeromq;

import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;
import org.zeromq.ZMQ;

/**
 * Everything that describes a socket. Endpoints with equal settings can use one socket.
 *
 * @param subscriptions beginnings of messages a SUB socket wants
 */
record SocketSettings(
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

    record Reconnecting(int interval, int maxInterval, Duration reopenDelay, Duration reopenMaxDelay) {}

    record Heartbeat(int interval, int timeout, int ttl) {}

    record KeepAlive(int on, int idle, int interval, int count) {}

    static SocketSettings of(ZeroMqConfiguration options) {
        ZeroMqSocketType type = options.getSocketType();
        if (type == null) {
            throw new IllegalArgumentException("zeromq:" + options.getAddress()
                    + " needs the option socketType, one of " + Arrays.toString(ZeroMqSocketType.values()));
        }
        return new SocketSettings(
                type,
                options.getMode(),
                split(options.getAddress()),
                subscriptions(options),
                atLeast("sendHighWaterMark", options.getSendHighWaterMark(), 0),
                atLeast("receiveHighWaterMark", options.getReceiveHighWaterMark(), 0),
                Duration.ofMillis(atLeast("linger", millis(options.getLinger()), 0)),
                new Reconnecting(
                        atLeast("reconnectInterval", millis(options.getReconnectInterval()), 1),
                        atLeast("reconnectMaxInterval", millis(options.getReconnectMaxInterval()), 0),
                        Duration.ofMillis(atLeast("reopenDelay", millis(options.getReopenDelay()), 1)),
                        Duration.ofMillis(atLeast("reopenMaxDelay", millis(options.getReopenMaxDelay()), 1))),
                new Heartbeat(
                        atLeast("heartbeatInterval", millis(options.getHeartbeatInterval()), 0),
                        atLeast("heartbeatTimeout", millis(options.getHeartbeatTimeout()), 0),
                        atLeast("heartbeatTtl", millis(options.getHeartbeatTtl()), 0)),
                atLeast("handshakeTimeout", millis(options.getHandshakeTimeout()), 0),
                options.isImmediate(),
                options.getMaxMessageSize(),
                Optional.ofNullable(options.getRoutingId()),
                options.isNoDrop(),
                options.isRouterMandatory(),
                options.isRouterHandover(),
                new KeepAlive(
                        options.getTcpKeepAlive(),
                        options.getTcpKeepAliveIdle(),
                        options.getTcpKeepAliveInterval(),
                        options.getTcpKeepAliveCount()),
                Curve.of(options),
                permissions(options),
                atLeast("sendQueueSize", options.getSendQueueSize(), 1),
                atLeast("sendQueueBytes", options.getSendQueueBytes(), 1));
    }

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
            case PUB, XPUB -> socket.setXpubNoDrop(true); // else the socket drops without a word; see SocketWriter
            case ROUTER -> {
                socket.setRouterMandatory(true); // likewise
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

    String name() {
        return type + " " + mode + " " + String.join(",", addresses);
    }

    static List<String> split(@Nullable String list) {
        return list == null || list.isBlank() ? List.of() : List.of(list.strip().split("\\s*,\\s*"));
    }

    private static Set<String> subscriptions(ZeroMqConfiguration options) {
        List<String> topics = split(options.getSubscribe());
        return topics.isEmpty() ? Set.of("") : new TreeSet<>(topics);
    }

    private static Optional<String> permissions(ZeroMqConfiguration options) {
        Optional<String> permissions = Optional.ofNullable(options.getIpcPermissions());
        permissions.ifPresent(PosixFilePermissions::fromString);
        return permissions;
    }

    private static int millis(long duration) {
        return Math.toIntExact(duration);
    }

    private static int atLeast(String option, int value, int least) {
        return (int) atLeast(option, (long) value, least);
    }

    private static long atLeast(String option, long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException(
                    "The option " + option + " is " + value + ", but must be at least " + least);
        }
        return value;
    }
}
