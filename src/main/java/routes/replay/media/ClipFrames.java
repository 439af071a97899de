package routes.replay.media;

import java.math.BigInteger;
import java.util.Optional;

import routes.component.framestore.api.FrameReader;
import routes.component.framestore.api.StoredEntry;
import routes.platform.NotPossibleException;
import routes.platform.media.EncodedFrame;
import routes.replay.protocol.FrameHeader;

/** The frames of a clip, one after the other, up to its end or that of the recording. */
final class ClipFrames implements AutoCloseable {

    private final FrameReader reader;
    private final RecordedFrames frames;
    private final BigInteger lastCreatedNs;
    private final Optional<Long> mostBlocks;
    private final long beforeIndex;
    private long blocks;
    private int unreadable;

    /**
     * @param lastCreatedNs ends before the first frame that was made later
     * @param mostBlocks ends before one keyframe more
     * @param beforeIndex where the recording ended when the clip was asked for: a slow reader must not follow a live source
     *     for ever
     */
    ClipFrames(
            FrameReader reader,
            RecordedFrames frames,
            BigInteger lastCreatedNs,
            Optional<Long> mostBlocks,
            long beforeIndex) {
        this.reader = reader;
        this.frames = frames;
        this.lastCreatedNs = lastCreatedNs;
        this.mostBlocks = mostBlocks;
        this.beforeIndex = beforeIndex;
    }

    /** The next frame with a picture; empty at the end. */
    Optional<EncodedFrame> next() {
        for (Optional<StoredEntry> entry = poll(); entry.isPresent(); entry = poll()) {
            Optional<RecordedFrame> frame = read(entry.get());
            if (frame.isPresent() && !belongs(frame.get().header())) {
                return Optional.empty();
            }
            Optional<EncodedFrame> encoded = frame.flatMap(RecordedFrame::encoded);
            if (encoded.isPresent()) {
                return encoded;
            }
        }
        return Optional.empty();
    }

    private Optional<RecordedFrame> read(StoredEntry entry) {
        try {
            return frames.read(entry);
        } catch (NotPossibleException e) {
            unreadable++;
            return Optional.empty();
        }
    }

    /** Entries that could not be decoded, and are not in the clip. */
    int unreadable() {
        return unreadable;
    }

    private Optional<StoredEntry> poll() {
        return reader.position() >= beforeIndex
                ? Optional.empty()
                : reader.poll().filter(entry -> entry.index() < beforeIndex);
    }

    private boolean belongs(FrameHeader frame) {
        if (frame.isKeyframe()) {
            blocks++;
        }
        return frame.creationTimestampNs().compareTo(lastCreatedNs) <= 0
                && mostBlocks.map(most -> blocks <= most).orElse(true);
    }

    @Override
    public void close() {
        reader.close();
    }
}
