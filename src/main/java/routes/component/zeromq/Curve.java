package routes.component.zeromq;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.zeromq.ZMQ;

/**
 * The keys of a socket, as Z85 text.
 *
 * @param allowedKeys public keys of the clients a server lets in; empty lets in all
 */
record Curve(
        boolean server,
        Optional<String> publicKey,
        Optional<String> secretKey,
        Optional<String> serverKey,
        List<String> allowedKeys) {

    private static final int KEY_LENGTH = 40;

    static Curve of(ZeroMqConfiguration options) {
        Curve curve = new Curve(
                options.isCurveServer(),
                key("curvePublicKey", options.getCurvePublicKey()),
                key("curveSecretKey", options.getCurveSecretKey()),
                key("curveServerKey", options.getCurveServerKey()),
                SocketSettings.split(options.getCurveAllowedKeys()));
        curve.allowedKeys.forEach(key -> key("curveAllowedKeys", key));
        curve.check();
        return curve;
    }

    void applyTo(ZMQ.Socket socket) {
        if (server) {
            socket.setCurveServer(true);
        }
        publicKey.ifPresent(key -> socket.setCurvePublicKey(bytes(key)));
        secretKey.ifPresent(key -> socket.setCurveSecretKey(bytes(key)));
        serverKey.ifPresent(key -> socket.setCurveServerKey(bytes(key)));
    }

    /** Secrets do not belong into logs. */
    @Override
    public String toString() {
        return "Curve[server=" + server + ", allowed=" + allowedKeys.size() + "]";
    }

    private void check() {
        if (server && secretKey.isEmpty()) {
            throw new IllegalArgumentException("curveServer needs curveSecretKey");
        }
        if (server && serverKey.isPresent()) {
            throw new IllegalArgumentException("A socket is either curveServer or has a curveServerKey, not both");
        }
        if (serverKey.isPresent() && (publicKey.isEmpty() || secretKey.isEmpty())) {
            throw new IllegalArgumentException("curveServerKey needs curvePublicKey and curveSecretKey");
        }
        if (!server && !allowedKeys.isEmpty()) {
            throw new IllegalArgumentException("curveAllowedKeys needs curveServer");
        }
        if (!server && serverKey.isEmpty() && secretKey.isPresent()) {
            throw new IllegalArgumentException(
                    "curveSecretKey alone protects nothing: set curveServer or curveServerKey");
        }
    }

    /** The error must not repeat the key. */
    private static Optional<String> key(String option, @Nullable String key) {
        if (key != null && key.length() != KEY_LENGTH) {
            throw new IllegalArgumentException("The option " + option + " is not a key of 40 characters of Z85");
        }
        return Optional.ofNullable(key);
    }

    private static byte[] bytes(String key) {
        return key.getBytes(StandardCharsets.US_ASCII);
    }
}
