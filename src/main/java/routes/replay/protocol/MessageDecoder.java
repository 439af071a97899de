package routes.replay.protocol;

import java.util.Optional;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import routes.replay.savant.EndOfStream;
import routes.replay.savant.Envelope;
import routes.replay.savant.Shutdown;
import routes.replay.savant.Unknown;
import routes.replay.savant.UserData;
import routes.replay.savant.VideoFrameUpdate;

/**
 * Decodes the message part of a multipart message: opens the envelope, picks the schema by the version in it, decodes
 * and checks the content.
 *
 * <p>Sizes, timestamps and time bases are taken as they are, however absurd: they do not stand in the way of storing
 * and sending a frame, and whoever calculates with them checks them.
 */
public final class MessageDecoder {

    private final ContentChecks checks = new ContentChecks();

    /**
     * Reads the version without looking at the content, so that a message of a version that is not accepted need not be
     * decodable.
     *
     * @throws MalformedMessageException when it is no envelope
     */
    public Envelope open(ByteString raw) throws MalformedMessageException {
        try {
            return Envelope.parseFrom(raw);
        } catch (InvalidProtocolBufferException e) {
            throw new MalformedMessageException("not a message of Savant: " + e.getMessage(), e);
        }
    }

    /**
     * @param raw may come from anybody
     * @throws MalformedMessageException when it cannot be decoded or lacks what it must have
     */
    public SavantMessage decode(ByteString raw) throws MalformedMessageException {
        return decode(open(raw), raw);
    }

    /**
     * @param envelope of {@link #open(ByteString)}
     * @param raw what it was opened from
     */
    public SavantMessage decode(Envelope envelope, ByteString raw) throws MalformedMessageException {
        Generation generation = Generation.of(envelope.getProtocolVersion())
                .orElseThrow(() -> new MalformedMessageException("protocol version \"" + envelope.getProtocolVersion()
                        + "\" is neither 1.x nor 2.x, so its content cannot be decoded"));
        try {
            return decodeContent(generation, envelope, raw);
        } catch (InvalidProtocolBufferException e) {
            throw new MalformedMessageException(
                    "the " + envelope.getContentCase() + " in it cannot be decoded: " + e.getMessage(), e);
        }
    }

    private SavantMessage decodeContent(Generation generation, Envelope envelope, ByteString raw)
            throws InvalidProtocolBufferException, MalformedMessageException {
        Content content =
                switch (envelope.getContentCase()) {
                    case VIDEO_FRAME -> Content.of(SavantFrame.parse(generation, envelope.getVideoFrame(), checks));
                    case USER_DATA -> userData(envelope.getUserData());
                    case END_OF_STREAM ->
                        new Content(
                                MessageKind.END_OF_STREAM,
                                EndOfStream.parseFrom(envelope.getEndOfStream()).getSourceId());
                    case VIDEO_FRAME_BATCH -> batch(generation, envelope.getVideoFrameBatch());
                    case VIDEO_FRAME_UPDATE -> {
                        VideoFrameUpdate.parseFrom(envelope.getVideoFrameUpdate());
                        yield new Content(MessageKind.VIDEO_FRAME_UPDATE);
                    }
                    case SHUTDOWN -> {
                        Shutdown.parseFrom(envelope.getShutdown());
                        yield new Content(MessageKind.SHUTDOWN);
                    }
                    case UNKNOWN -> {
                        Unknown.parseFrom(envelope.getUnknown());
                        yield new Content(MessageKind.UNKNOWN);
                    }
                    case CONTENT_NOT_SET -> throw new MalformedMessageException("the message has no content");
                };
        return new SavantMessage(generation, content.kind, content.sourceId, content.frame, envelope, raw);
    }

    private Content userData(ByteString bytes) throws InvalidProtocolBufferException, MalformedMessageException {
        UserData userData = UserData.parseFrom(bytes);
        checks.requireValues(userData.getAttributesList());
        return new Content(MessageKind.USER_DATA, userData.getSourceId());
    }

    private Content batch(Generation generation, ByteString bytes)
            throws InvalidProtocolBufferException, MalformedMessageException {
        switch (generation) {
            case ONE -> {
                for (var frame : routes.replay.savant.generation1.VideoFrameBatch.parseFrom(bytes)
                        .getBatchMap()
                        .values()) {
                    SavantFrame.of(frame, checks);
                }
            }
            case TWO -> {
                for (var frame : routes.replay.savant.generation2.VideoFrameBatch.parseFrom(bytes)
                        .getBatchMap()
                        .values()) {
                    SavantFrame.of(frame, checks);
                }
            }
        }
        return new Content(MessageKind.VIDEO_FRAME_BATCH);
    }

    private record Content(MessageKind kind, Optional<String> sourceId, Optional<SavantFrame> frame) {

        Content(MessageKind kind) {
            this(kind, Optional.empty(), Optional.empty());
        }

        Content(MessageKind kind, String sourceId) {
            this(kind, Optional.of(sourceId), Optional.empty());
        }

        static Content of(SavantFrame frame) {
            return new Content(
                    MessageKind.VIDEO_FRAME, Optional.of(frame.header().sourceId()), Optional.of(frame));
        }
    }
}
