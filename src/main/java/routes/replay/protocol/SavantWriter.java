package routes.replay.protocol;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

import com.google.protobuf.ByteString;
import routes.replay.socket.WriterType;

/**
 * One sending instance towards its receivers: it stamps messages with its id and their numbers, and knows which are
 * acknowledged. It does not send: the route does, to an endpoint of {@code SocketEndpoints}, with the frames as body and
 * with the exchange pattern InOut where {@link #awaitsReply} says so. An attempt that failed is repeated with new
 * {@link #frames}, because it needs another number.
 *
 * <p>Those who share a socket, as equal endpoints do, share its writer, because messages are numbered for each source on a
 * connection. It is safe for many threads; what is stamped first must be sent first.
 */
public final class SavantWriter {

    public static final byte[] OK = "OK".getBytes(StandardCharsets.US_ASCII);

    private final WriterType type;
    private final String systemId = UUID.randomUUID().toString();
    private final SequenceCounter sequence = new SequenceCounter();

    public SavantWriter(WriterType type) {
        this.type = type;
    }

    /** A multipart message: topic, stamped message, data. */
    public List<byte[]> frames(OutgoingMessage message, ByteString topic, List<byte[]> data) {
        return numbered(message, topic, data).frames();
    }

    /** The same, and its number. */
    public synchronized Numbered numbered(OutgoingMessage message, ByteString topic, List<byte[]> data) {
        long number = sequence.next(message);
        List<byte[]> frames = new ArrayList<>(data.size() + 2);
        frames.add(topic.toByteArray());
        frames.add(message.stamped(systemId, number).toByteArray());
        frames.addAll(data);
        return new Numbered(number, frames);
    }

    /** For a message that was never sent: its number goes to the next one, unless another has taken one since. */
    public synchronized void giveBack(OutgoingMessage message, long number) {
        sequence.giveBack(message, number);
    }

    /** A message as it is sent. */
    public record Numbered(long number, List<byte[]> frames) {}

    public boolean awaitsReply(OutgoingMessage message) {
        return type == WriterType.REQ || type == WriterType.DEALER && message.kind() == MessageKind.END_OF_STREAM;
    }

    /** Whether a reply acknowledges: to the end of a stream it must be {@code OK}, to anything else anything does. */
    public boolean isAcknowledged(OutgoingMessage message, List<byte[]> reply) {
        return message.kind() != MessageKind.END_OF_STREAM
                || !reply.isEmpty() && Arrays.equals(reply.get(reply.size() - 1), OK);
    }
}
