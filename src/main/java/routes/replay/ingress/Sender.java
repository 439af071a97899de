package routes.replay.ingress;

import java.util.Optional;

import com.google.protobuf.ByteString;

/**
 * Where a message came from, as far as the socket tells. Both are bytes, and need not be text.
 *
 * @param topic the frame before the message
 * @param routingId the connection, on router sockets
 */
record Sender(ByteString topic, Optional<ByteString> routingId) {

    private static final int SHOWN_BYTES = 100;

    /** The topic for the log, in which it must not begin lines of its own. */
    String name() {
        return topic.substring(0, Math.min(topic.size(), SHOWN_BYTES))
                .toStringUtf8()
                .replaceAll("\\p{Cntrl}", " ");
    }
}
