package routes.replay;

import java.util.Optional;

import com.google.protobuf.ByteString;

/**
 * Where a message came from, as far as the socket tells. Both are bytes: neither need be text.
 *
 * @param topic the frame before the message
 * @param routingId the connection, on router sockets
 */
record Sender(ByteString topic, Optional<ByteString> routingId) {}
