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
    private long blocks;

    /**
     * @param firstCreatedNs when the first frame was made
     */
    ClipFrames(FrameReader reader, RecordedFrames frames, ClipQuery.End end, BigInteger firstCreatedNs) {
        this.reader = reader;
        this.frames = frames;
        this.end = end;
        lastCreatedNs = end.lengthNs()
                .map(firstCreatedNs::add)
                .map(byLength -> end.createdNs().map(byLength::min).orElse(byLength))
                .or(end::createdNs)
                .orElse(BigInteger.ONE.shiftLeft(Long.SIZE * 2));
    }

    /** Empty at the end. */
    Optional<EncodedFrame> next() {
        for (Optional<StoredEntry> entry = reader.poll(); entry.isPresent(); entry = reader.poll()) {
            Optional<RecordedFrame> frame = frames.read(entry.get());
            if (frame.isPresent()) {
                return frame.filter(found -> belongs(found.header())).map(RecordedFrame::encoded);
            }
        }
        return Optional.empty();
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
