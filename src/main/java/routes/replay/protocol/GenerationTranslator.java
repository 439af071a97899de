package routes.replay.protocol;

import java.util.Optional;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import routes.replay.savant.Envelope;

/**
 * Puts messages into one generation of the wire, whichever they were recorded in, and has them announce one version, that
 * of their receivers. Only frames differ between the generations; of other messages nothing but the version changes.
 */
public final class GenerationTranslator {

    private final Generation target;
    private final String version;
    private final FrameTranslator frames = new FrameTranslator();

    /** @param version to be announced; of that generation, else receivers would decode wrongly */
    GenerationTranslator(Generation target, String version) {
        if (!Generation.of(version).filter(target::equals).isPresent()) {
            throw new IllegalArgumentException("version " + version + " is not of generation " + target.number());
        }
        this.target = target;
        this.version = version;
    }

    public String version() {
        return version;
    }

    /** The same message; {@link SavantMessage#raw} stays as it was received. */
    public SavantMessage apply(SavantMessage message) {
        Envelope.Builder envelope = message.envelope().toBuilder().setProtocolVersion(version);
        if (message.generation() == target) {
            return message.with(target, message.frame(), envelope.build());
        }
        Optional<SavantFrame> frame = message.frame().map(this::translate);
        frame.ifPresent(translated -> envelope.setVideoFrame(translated.encoded()));
        if (message.kind() == MessageKind.VIDEO_FRAME_BATCH) {
            envelope.setVideoFrameBatch(translateBatch(message.envelope().getVideoFrameBatch()));
        }
        return message.with(target, frame, envelope.build());
    }

    private SavantFrame translate(SavantFrame frame) {
        if (frame instanceof FrameOfGeneration1 first) {
            return new FrameOfGeneration2(frames.toGeneration2(first.frame()), first.header());
        }
        FrameOfGeneration2 second = (FrameOfGeneration2) frame;
        return new FrameOfGeneration1(frames.toGeneration1(second.frame()), second.header());
    }

    private ByteString translateBatch(ByteString batch) {
        try {
            return target == Generation.TWO ? batchTo2(batch) : batchTo1(batch);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a batch that was decoded before cannot be decoded again", e);
        }
    }

    private ByteString batchTo2(ByteString batch) throws InvalidProtocolBufferException {
        var translated = routes.replay.savant.generation2.VideoFrameBatch.newBuilder();
        routes.replay.savant.generation1.VideoFrameBatch.parseFrom(batch)
                .getBatchMap()
                .forEach((id, frame) -> translated.putBatch(id, frames.toGeneration2(frame)));
        return translated.build().toByteString();
    }

    private ByteString batchTo1(ByteString batch) throws InvalidProtocolBufferException {
        var translated = routes.replay.savant.generation1.VideoFrameBatch.newBuilder();
        routes.replay.savant.generation2.VideoFrameBatch.parseFrom(batch)
                .getBatchMap()
                .forEach((id, frame) -> translated.putBatch(id, frames.toGeneration1(frame)));
        return translated.build().toByteString();
    }
}
