package routes.platform.media.clip;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import routes.platform.media.EncodedFrame;
import routes.platform.media.Ffmpeg;
import routes.platform.media.MediaException;
import routes.platform.media.MediaUnavailableException;
import routes.platform.media.UnsupportedMediaException;

/**
 * Puts recorded frames into a file, in the order they come in, without decoding them. Writes as it goes: holds a block or
 * 16 MiB, and up to 33 frames whose times are not certain yet. For use by one thread at a time.
 *
 * <p>The clip begins with the first keyframe. It ends when codec or size of the stream change, since a player cannot be
 * relied on to follow. Other parameters may change as far as the container leaves parameter sets in the frames.
 */
public final class ClipWriter implements AutoCloseable {

    private final OutputStream out;
    private final ClipFormat format;
    private @Nullable Clip clip;
    private @Nullable String endedBy;
    private int frames;
    private int skipped;

    /** What exists only from the first keyframe on. */
    private record Clip(
            EncodedFrame first, byte[] parameterSets, PictureOrder order, ClipTimeline timeline, ClipMuxer muxer) {

        boolean hasOtherParameters(EncodedFrame keyframe) {
            return new ParameterSets()
                    .find(keyframe)
                    .filter(found -> !Arrays.equals(found, parameterSets))
                    .isPresent();
        }
    }

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
        if (frame.keyframe() && format.keepsParametersApart(frame.codec()) && begun.hasOtherParameters(frame)) {
            endedBy = "the parameter sets of the stream changed, which " + format.ending() + " has once for all frames";
            return false;
        }
        writeAll(begun.timeline.add(frame, begun.order.next(frame)), begun.muxer);
        return true;
    }

    private Clip begin(EncodedFrame frame) throws IOException {
        if (!format.takes(frame.codec())) {
            throw new UnsupportedMediaException(
                    frame.codec().label() + " cannot be put into " + format.ending() + " without encoding it anew");
        }
        Ffmpeg.load();
        byte[] parameterSets = new ParameterSets().require(frame);
        ClipMuxer muxer = new ClipMuxer(out, format, frame, parameterSets);
        return new Clip(frame, parameterSets, new PictureOrder(frame.codec()), new ClipTimeline(frame), muxer);
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
            clip.order.close();
            clip = null;
        }
    }
}
