package routes.replay.media;

import java.util.Optional;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import routes.component.framestore.api.StoredEntry;
import routes.platform.NotPossibleException;
import routes.replay.protocol.MalformedMessageException;
import routes.replay.protocol.MessageDecoder;

/** Reads the video frames among stored messages. */
final class RecordedFrames {

    private final MessageDecoder decoder = new MessageDecoder();

    /**
     * Empty for what is not a video frame.
     *
     * @throws NotPossibleException the message cannot be decoded
     */
    Optional<RecordedFrame> read(StoredEntry entry) {
        if (entry.parts().isEmpty()) {
            return Optional.empty();
        }
        try {
            ByteString message = UnsafeByteOperations.unsafeWrap(entry.parts().get(0));
            return decoder.decode(message).frame().map(frame -> new RecordedFrame(frame, entry.parts()));
        } catch (MalformedMessageException e) {
            throw new NotPossibleException(
                    "Entry " + entry.index() + " of " + entry.info().sourceId() + " cannot be read: " + e.getMessage());
        }
    }
}
