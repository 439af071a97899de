package routes.replay.job.stream;

import java.util.Optional;

import com.google.protobuf.ByteString;
import routes.replay.job.RoutingLabels;
import routes.replay.protocol.GenerationTranslator;
import routes.replay.protocol.MessageKind;
import routes.replay.protocol.OutgoingMessage;
import routes.replay.protocol.ProtocolVersions;
import routes.replay.protocol.SavantFrame;
import routes.replay.protocol.SavantMessage;
import routes.replay.savant.EndOfStream;
import routes.replay.savant.Envelope;

/**
 * Turns stored messages into what a job sends: the source id becomes the resulting id, frames get the job's attributes, and
 * the envelope gets its labels and the announced version. Everything else stays: ids, timestamps, objects, hidden attributes,
 * trace context, fields of later releases. The message has been decoded before, so nothing is decoded twice.
 */
public final class JobRewriter {

    private final String resultingId;
    private final RoutingLabels labels;
    private final FrameAttributes attributes;
    private final ProtocolVersions versions;
    private final Optional<GenerationTranslator> translation;

    /** @param translation absent: each message is sent in the generation that it was recorded in */
    public JobRewriter(
            String resultingId,
            RoutingLabels labels,
            FrameAttributes attributes,
            ProtocolVersions versions,
            Optional<GenerationTranslator> translation) {
        this.resultingId = resultingId;
        this.labels = labels;
        this.attributes = attributes;
        this.versions = versions;
        this.translation = translation;
    }

    /**
     * @return empty for a kind of message that jobs do not send
     * @throws AttributeCollisionException when the job has to fail on this frame
     */
    public Optional<OutgoingMessage> rewrite(SavantMessage recorded) throws AttributeCollisionException {
        SavantMessage stored = translation.map(wished -> wished.apply(recorded)).orElse(recorded);
        Envelope.Builder envelope = stored.envelope().toBuilder()
                .setProtocolVersion(versions.announcedFor(stored))
                .clearRoutingLabels()
                .addAllRoutingLabels(labels.appliedTo(stored.routingLabels()));
        if (stored.frame().isPresent()) {
            envelope.setVideoFrame(rewrite(stored.frame().get()));
        } else if (stored.kind() == MessageKind.END_OF_STREAM) {
            envelope.setEndOfStream(endOfStream());
        } else {
            return Optional.empty();
        }
        return Optional.of(new OutgoingMessage(stored.kind(), Optional.of(resultingId), envelope.build()));
    }

    private ByteString rewrite(SavantFrame frame) throws AttributeCollisionException {
        return frame.with(resultingId, attributes.addTo(frame.attributes()));
    }

    private ByteString endOfStream() {
        return EndOfStream.newBuilder().setSourceId(resultingId).build().toByteString();
    }

    /** The end of stream that is sent at the end of a job with {@code send_eos}. */
    OutgoingMessage finalEndOfStream() {
        return OutgoingMessage.endOfStream(
                resultingId, translation.map(GenerationTranslator::version).orElseGet(versions::announced));
    }
}
