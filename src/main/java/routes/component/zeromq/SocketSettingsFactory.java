package routes.component.zeromq;

import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;
import routes.component.zeromq.socket.Curve;
import routes.component.zeromq.socket.SocketSettings;
import routes.component.zeromq.socket.ZeroMqSocketType;

/** Reads the settings of a socket from the options of its endpoint, and refuses those that make no sense. */
final class SocketSettingsFactory {

    private SocketSettingsFactory() {}

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
                new SocketSettings.Reconnecting(
                        atLeast("reconnectInterval", millis(options.getReconnectInterval()), 1),
                        atLeast("reconnectMaxInterval", millis(options.getReconnectMaxInterval()), 0),
                        Duration.ofMillis(atLeast("reopenDelay", millis(options.getReopenDelay()), 1)),
                        Duration.ofMillis(atLeast("reopenMaxDelay", millis(options.getReopenMaxDelay()), 1))),
                new SocketSettings.Heartbeat(
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
                new SocketSettings.KeepAlive(
                        options.getTcpKeepAlive(),
                        options.getTcpKeepAliveIdle(),
                        options.getTcpKeepAliveInterval(),
                        options.getTcpKeepAliveCount()),
                curve(options),
                permissions(options),
                atLeast("sendQueueSize", options.getSendQueueSize(), 1),
                atLeast("sendQueueBytes", options.getSendQueueBytes(), 1));
    }

    private static Curve curve(ZeroMqConfiguration options) {
        return Curve.of(
                options.isCurveServer(),
                options.getCurvePublicKey(),
                options.getCurveSecretKey(),
                options.getCurveServerKey(),
                split(options.getCurveAllowedKeys()));
    }

    private static List<String> split(@Nullable String list) {
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
