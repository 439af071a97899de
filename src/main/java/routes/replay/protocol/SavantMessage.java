package routes.replay.protocol;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.google.protobuf.ByteString;
import routes.replay.savant.Envelope;

/**
 * A received message, decoded and checked.
 *
 * @param sourceId for kinds that belong to one source: from the content, not the topic
 * @param frame of a video frame
 * @param envelope with the content as received
 * @param raw the whole message as received, which is what is stored
 */
public record SavantMessage(
        Generation generation,
        MessageKind kind,
        Optional<String> sourceId,
        Optional<SavantFrame> frame,
        Envelope envelope,
        ByteString raw) {

    /** The same message, translated; {@link #raw} stays as it was received. */
    public SavantMessage with(Generation other, Optional<SavantFrame> translated, Envelope changed) {
        return new SavantMessage(other, kind, sourceId, translated, changed, raw);
    }

    public String protocolVersion() {
        return envelope.getProtocolVersion();
    }

    /** Unsigned. */
    public long seqId() {
        return envelope.getSeqId();
    }

    /** The sending instance; empty from senders before 1.15. */
    public Optional<String> systemId() {
        return Optional.of(envelope.getSystemId()).filter(id -> !id.isEmpty());
    }

    public List<String> routingLabels() {
        return envelope.getRoutingLabelsList();
    }

    /** Headers of the trace that the sender was in. */
    Map<String, String> traceContext() {
        return envelope.getPropagatedContextMap();
    }

    /** Its header, if it is a video frame. */
    public Optional<FrameHeader> header() {
        return frame.map(SavantFrame::header);
    }

    boolean isKeyframe() {
        return header().map(FrameHeader::isKeyframe).orElse(false);
    }
}
