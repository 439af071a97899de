package routes.replay;

import java.math.BigInteger;
import java.util.Optional;

import routes.component.framestore.FrameReader;
import routes.component.framestore.StoredEntry;
import routes.platform.media.EncodedFrame;

/** The frames of a clip, one after the other, up to its end or that of the recording. */
final class ClipFrames implements AutoCloseable {

    private final FrameReader reader;
    private final RecordedFrames frames;
    private final ClipQuery.End end;
    private final BigInteger lastCreatedNs;
    private final long beforeIndex;
    private long blocks;

    /**
     * @param firstCreatedNs when the first frame was made
     * @param beforeIndex where the recording ended when the clip was asked for: who reads slowly must not follow for ever a
     *     source that goes on
     */
    ClipFrames(
            FrameReader reader, RecordedFrames frames, ClipQuery.End end, BigInteger firstCreatedNs, long beforeIndex) {
        this.reader = reader;
        this.frames = frames;
        this.end = end;
        this.beforeIndex = beforeIndex;
        lastCreatedNs = end.lengthNs()
                .map(firstCreatedNs::add)
                .map(byLength -> end.createdNs().map(byLength::min).orElse(byLength))
                .or(end::createdNs)
                .orElse(BigInteger.ONE.shiftLeft(Long.SIZE * 2));
    }

    /** Empty at the end. */
    Optional<EncodedFrame> next() {
        for (Optional<StoredEntry> entry = poll(); entry.isPresent(); entry = poll()) {
            Optional<RecordedFrame> frame = frames.read(entry.get());
            if (frame.isPresent()) {
                return frame.filter(found -> belongs(found.header())).map(RecordedFrame::encoded);
            }
        }
        return Optional.empty();
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
                && end.blocks().map(most -> blocks <= most).orElse(true);
    }

    @Override
    public void close() {
        reader.close();
    }
}
