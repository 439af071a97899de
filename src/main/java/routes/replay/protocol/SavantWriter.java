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
 * acknowledged. It does not send. That is the route's: {@code .to(SocketEndpoints.egress(…))} or {@code .sink(…)} with
 * the frames as body, with the exchange pattern InOut where {@link #awaitsReply} says so. An attempt that failed is made
 * again with {@link #frames} anew, for it needs another number.
 *
 * <p>Whoever shares a socket (equal endpoints do) shares its writer, since the numbers are a source's on a connection.
 * For use by many threads; what is stamped first must be sent first.
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
