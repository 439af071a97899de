package routes.replay.socket;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import org.zeromq.ZMQ;

/**
 * Sockets as Savant writes them, as endpoints of the zeromq component. Equal endpoints share a socket.
 *
 * <p>The original counts attempts, each with a time-out; an endpoint waits once, for all of them together.
 */
public final class SocketEndpoints {

    /** Which a list of subscriptions can hold; others are filtered after they were received. */
    private static final Pattern PLAIN_TOPIC = Pattern.compile("[\\w./:-]+");

    private static final long ENOUGH_FOR_JOBS = 1_000_000;
    private static final int Z85_LENGTH = 40;

    private SocketEndpoints() {}

    public static String reader(InStream stream) {
        SocketUrl<ReaderType> url = SocketUrl.reader(stream.url());
        List<String> parameters = parameters(url, stream.curve());
        parameters.add("bodyType=frames");
        parameters.add("receiveHighWaterMark=" + stream.receiveHwm());
        parameters.add("maxInflight=" + Math.min(Integer.MAX_VALUE, stream.inflightOps() + (long) stream.commitOps()));
        parameters.add("batchSize=" + Math.max(2, stream.inflightOps()));
        parameters.add("maxInflightBytes=" + stream.inflightSize().toBytes());
        // What is not much too large is received, so that the log can say whose it is
        parameters.add("maxMessageSize=" + 2 * stream.maxMessageSize().toBytes());
        parameters.add("heartbeatInterval=" + stream.heartbeatInterval().toMillis());
        parameters.add("heartbeatTimeout=" + stream.heartbeatTimeout().toMillis());
        if (url.type() == ReaderType.ROUTER) {
            parameters.add("routerHandover=" + stream.handover());
        }
        if (url.bind() && url.isIpc()) {
            parameters.add("ipcPermissions=" + stream.ipcPermissions());
        }
        String subscription = stream.topics().subscription();
        if (url.type() == ReaderType.SUB && PLAIN_TOPIC.matcher(subscription).matches()) {
            parameters.add("subscribe=" + subscription);
        }
        return uri(url, parameters);
    }

    /** For forwarding: pub leaves out subscribers that are full, and counts what they miss. */
    public static String egress(SocketUrl<WriterType> url, SinkOptions options, CurveKeys curve) {
        return uri(url, writerParameters(url, options, Math.max(1, options.inflightOps()), curve));
    }

    /** For a job, which waits for a slow subscriber of pub, too: its frames are there to be received. */
    public static String sink(SocketUrl<WriterType> url, SinkOptions options, CurveKeys curve) {
        // Each job has one batch there, which bounds the queue; a full one would hold up the threads of all jobs
        List<String> parameters = writerParameters(url, options, ENOUGH_FOR_JOBS + options.inflightOps(), curve);
        parameters.add("sendQueueBytes=" + Long.MAX_VALUE);
        if (url.type() == WriterType.PUB) {
            parameters.add("noDrop=true");
        }
        return uri(url, parameters);
    }

    private static List<String> writerParameters(
            SocketUrl<WriterType> url, SinkOptions options, long queueSize, CurveKeys curve) {
        List<String> parameters = parameters(url, curve);
        parameters.add("bodyType=frames");
        parameters.add("sendHighWaterMark=" + options.sendHwm());
        if (url.type() != WriterType.PUB) {
            parameters.add("receiveHighWaterMark=" + options.receiveHwm());
        }
        parameters.add("sendQueueSize=" + Math.min(Integer.MAX_VALUE, queueSize));
        parameters.add("sendTimeout=" + options.sendTimeout().toMillis() * (options.sendRetries() + 1L));
        parameters.add("receiveTimeout=" + options.receiveTimeout().toMillis() * (options.receiveRetries() + 1L));
        return parameters;
    }

    private static List<String> parameters(SocketUrl<?> url, CurveKeys curve) {
        List<String> parameters = new ArrayList<>();
        parameters.add("socketType=" + url.type().name());
        parameters.add("mode=" + (url.bind() ? "bind" : "connect"));
        parameters.add("reconnectMaxInterval=1000");
        if (curve.isSet()) {
            parameters.add("curveSecretKey=" + secret(curve));
            if (curve.server()) {
                parameters.add("curveServer=true");
            } else {
                parameters.add("curveServerKey=" + hex(curve.serverKey()));
                parameters.add("curvePublicKey=" + hex(curve.publicKey()));
            }
            if (!curve.allowedKeys().isEmpty()) {
                parameters.add("curveAllowedKeys="
                        + String.join(
                                ",",
                                curve.allowedKeys().stream()
                                        .map(SocketEndpoints::hex)
                                        .toList()));
            }
        }
        return parameters;
    }

    private static String uri(SocketUrl<?> url, List<String> parameters) {
        return "zeromq:" + url.endpoint() + "?" + String.join("&", parameters);
    }

    private static String secret(CurveKeys curve) {
        return curve.secretKey().startsWith("#bean:") ? curve.secretKey() : hex(curve.secretKey());
    }

    /** Z85 has characters that mean something else in a URI. What is no key is left for the component to refuse. */
    private static String hex(String key) {
        return key.length() == Z85_LENGTH
                ? HexFormat.of().formatHex(ZMQ.Curve.z85Decode(key)).toLowerCase(Locale.ROOT)
                : key;
    }
}
