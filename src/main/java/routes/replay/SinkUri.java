package routes.replay;

import java.time.Duration;
import java.util.regex.Pattern;

/** The sink of a job as an endpoint of Camel. */
final class SinkUri {

    /** What has a meaning in URIs and placeholders, and could smuggle options in. */
    private static final Pattern UNSAFE = Pattern.compile("[^A-Za-z0-9._/:*@+~-]");

    /** As of the original. */
    private static final Duration LINGER = Duration.ofMillis(100);

    private SinkUri() {}

    /** @throws IllegalArgumentException the address cannot be part of a URI */
    static void requireSafe(SocketUrl<WriterType> url) {
        if (UNSAFE.matcher(url.endpoint()).find()) {
            throw new IllegalArgumentException(
                    "may have only letters, digits and . _ / : * @ + ~ - in its address, is \"" + url.endpoint()
                            + "\"");
        }
    }

    static String of(SocketUrl<WriterType> url, SinkOptions options) {
        requireSafe(url);
        return "zeromq:" + url.endpoint()
                + "?socketType=" + url.type()
                + "&mode=" + (url.bind() ? "bind" : "connect")
                + "&sendTimeout=" + attempts(options.sendTimeout(), options.sendRetries())
                + "&receiveTimeout=" + attempts(options.receiveTimeout(), options.receiveRetries())
                + "&sendHighWaterMark=" + options.sendHwm()
                + "&receiveHighWaterMark=" + options.receiveHwm()
                + "&sendQueueSize=" + Math.max(1, options.inflightOps())
                + "&linger=" + LINGER.toMillis();
    }

    /** One wait as long as all attempts: what a socket has not taken yet is not offered to it again and again. */
    private static long attempts(Duration timeout, int retries) {
        long all = timeout.toMillis() * (1L + retries);
        return Math.min(all, Integer.MAX_VALUE);
    }
}
