package routes.replay.socket;

import java.util.List;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Keys of CURVE, which encrypts a socket and knows its peers by key; 40 characters of Z85 or 64 of hex each. With a
 * secret key alone the socket is the server, with a server key a client.
 *
 * @param publicKey ours; needed by a client
 * @param secretKey ours; empty: no CURVE
 * @param serverKey the server's public key
 * @param allowedKeys for a server: public keys of the clients that may connect; empty lets in all that know its key
 */
public record CurveKeys(
        @DefaultValue("") String publicKey,
        @DefaultValue("") String secretKey,
        @DefaultValue("") String serverKey,
        @DefaultValue List<String> allowedKeys) {

    public static final CurveKeys NONE = new CurveKeys("", "", "", List.of());

    public CurveKeys withSecret(String secret) {
        return new CurveKeys(publicKey, secret, serverKey, allowedKeys);
    }

    public boolean isSet() {
        return !secretKey.isEmpty();
    }

    public boolean server() {
        return serverKey.isEmpty();
    }

    /** Secrets do not belong in logs. */
    @Override
    public String toString() {
        return isSet() ? "CurveKeys[server=" + server() + "]" : "CurveKeys[none]";
    }
}
