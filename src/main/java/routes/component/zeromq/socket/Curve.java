package routes.component.zeromq.socket;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.zeromq.ZMQ;

/**
 * The keys of a socket, as Z85 text however they were given.
 *
 * @param allowedKeys public keys of the clients a server lets in; empty lets in all
 */
public record Curve(
        boolean server,
        Optional<String> publicKey,
        Optional<String> secretKey,
        Optional<String> serverKey,
        List<String> allowedKeys) {

    private static final int Z85_LENGTH = 40;

    /** Z85 has nearly all the characters that mean something in a URI or a placeholder; hex has none. */
    private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{64}");

    /** @param allowedKeys in Z85 or hex, like the other keys */
    public static Curve of(
            boolean server,
            @Nullable String publicKey,
            @Nullable String secretKey,
            @Nullable String serverKey,
            List<String> allowedKeys) {
        Curve curve = new Curve(
                server,
                key("curvePublicKey", publicKey),
                key("curveSecretKey", secretKey),
                key("curveServerKey", serverKey),
                allowedKeys.stream().map(key -> z85("curveAllowedKeys", key)).toList());
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

    /** Secrets do not belong in logs. */
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

    private static Optional<String> key(String option, @Nullable String key) {
        return Optional.ofNullable(key).map(text -> z85(option, text));
    }

    /** The error must not repeat the key. */
    private static String z85(String option, String key) {
        if (HEX.matcher(key).matches()) {
            return ZMQ.Curve.z85Encode(HexFormat.of().parseHex(key));
        }
        if (key.length() != Z85_LENGTH) {
            throw new IllegalArgumentException(
                    "The option " + option + " is not a key: 40 characters of Z85, or 64 of hex");
        }
        return key;
    }

    private static byte[] bytes(String key) {
        return key.getBytes(StandardCharsets.US_ASCII);
    }
}
