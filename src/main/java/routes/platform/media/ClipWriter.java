package routes.platform.media;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * Puts recorded frames into a file, in the order they come in, without decoding them. Writes as it goes: holds a block or
 * 16 MiB, and at the beginning up to 32 frames. For use by one thread at a time.
 *
 * <p>The clip begins with the first keyframe. It ends when codec or size of the stream change, since a player cannot be
 * relied on to follow. Other parameters may change: parameter sets stay in the frames.
 */
public final class ClipWriter implements AutoCloseable {

    private static final int LONGEST_SIDE = 1 << 16;

    private final OutputStream out;
    private final ClipFormat format;
    private @Nullable Clip clip;
    private @Nullable String endedBy;
    private int frames;
    private int skipped;

    /** What there is from the first keyframe on. */
    private record Clip(EncodedFrame first, ClipTimeline timeline, ClipMuxer muxer) {}

    /**
     * @param out is written to, but not closed
     */
    public ClipWriter(OutputStream out, ClipFormat format) {
        this.out = out;
        this.format = format;
    }

    /**
     * @return false when the clip has ended: this frame is not in it, and no other will be
     * @throws UnsupportedMediaException the container does not take this codec
     * @throws MediaException the stream cannot be written
     * @throws MediaUnavailableException FFmpeg cannot be loaded here
     * @throws IOException of the stream that is written to
     */
    public boolean write(EncodedFrame frame) throws IOException {
        if (endedBy != null) {
            return false;
        }
        if (frame.data().length == 0 || clip == null && !frame.keyframe()) {
            skipped++;
            return true;
        }
        Clip begun = clip == null ? begin(frame) : clip;
        clip = begun;
        if (!frame.continues(begun.first)) {
            endedBy = "the stream changed from " + begun.first.kind() + " to " + frame.kind();
            return false;
        }
        writeAll(begun.timeline.add(frame), begun.muxer);
        return true;
    }

    private Clip begin(EncodedFrame frame) throws IOException {
        if (!format.takes(frame.codec())) {
            throw new UnsupportedMediaException(
                    frame.codec().label() + " cannot be put into " + format.ending() + " without encoding it anew");
        }
        if (frame.width() < 1
                || frame.height() < 1
                || frame.width() >= LONGEST_SIDE
                || frame.height() >= LONGEST_SIDE) {
            throw new MediaException("A clip cannot be of " + frame.kind());
        }
        Ffmpeg.load();
        byte[] parameterSets = new ParameterSets().find(frame);
        return new Clip(frame, new ClipTimeline(frame), new ClipMuxer(out, format, frame, parameterSets));
    }

    private void writeAll(List<ClipFrame> placed, ClipMuxer muxer) throws IOException {
        for (ClipFrame frame : placed) {
            muxer.write(frame);
            frames++;
        }
    }

    /**
     * Completes the file.
     *
     * @throws MediaException there was no keyframe, so there is no clip
     */
    public ClipSummary finish() throws IOException {
        if (clip == null) {
            throw new MediaException("There is no keyframe among the " + skipped + " frames, so no clip can begin");
        }
        writeAll(clip.timeline.finish(), clip.muxer);
        clip.muxer.finish();
        out.flush();
        return new ClipSummary(frames, skipped, clip.timeline.mended(), Optional.ofNullable(endedBy));
    }

    /** Frees what the clip held; without {@link #finish()} before, the file is not complete. */
    @Override
    public void close() {
        if (clip != null) {
            clip.muxer.close();
            clip = null;
        }
    }
}
