package routes.replay.ingress;

import java.util.List;

import com.google.protobuf.ByteString;
import routes.replay.protocol.OutgoingMessage;

/** A message to be forwarded as it came, except for its stamp. */
public record Forwarding(OutgoingMessage message, ByteString topic, List<byte[]> data) {

    long bytes() {
        return topic.size()
                + message.envelope().getSerializedSize()
                + data.stream().mapToLong(frame -> frame.length).sum();
    }
}
