package routes.replay.protocol;

import java.util.Optional;

import com.google.protobuf.ByteString;
import routes.replay.savant.EndOfStream;
import routes.replay.savant.Envelope;

/**
 * A message that lacks only the stamp of its sender. When it is sent again after a timeout it gets a new number, and only
 * the envelope is encoded again.
 *
 * @param sourceId for kinds that belong to one source; in what jobs send it is also the topic
 */
public record OutgoingMessage(MessageKind kind, Optional<String> sourceId, Envelope envelope) {

    /** A received message to be forwarded as it is. */
    public static OutgoingMessage forwarding(SavantMessage message) {
        return new OutgoingMessage(message.kind(), message.sourceId(), message.envelope());
    }

    /** A message that was not received, without labels and trace context. */
    public static OutgoingMessage endOfStream(String sourceId, String protocolVersion) {
        Envelope envelope = Envelope.newBuilder()
                .setProtocolVersion(protocolVersion)
                .setEndOfStream(
                        EndOfStream.newBuilder().setSourceId(sourceId).build().toByteString())
                .build();
        return new OutgoingMessage(MessageKind.END_OF_STREAM, Optional.of(sourceId), envelope);
    }

    /**
     * @param systemId the writer
     * @param seqId its number for this message, of {@link SequenceCounter}
     */
    public ByteString stamped(String systemId, long seqId) {
        return envelope.toBuilder()
                .setSystemId(systemId)
                .setSeqId(seqId)
                .build()
                .toByteString();
    }
}
