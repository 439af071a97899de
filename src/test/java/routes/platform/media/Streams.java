package routes.platform.media;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;

import org.jspecify.annotations.Nullable;
import routes.platform.media.clip.ClipFormat;
import routes.platform.media.clip.ClipSummary;
import routes.platform.media.clip.ClipWriter;

/** Recorded streams to try things on, and the clips made of them. */
public final class Streams {

    private Streams() {}

    /** With a keyframe each ten frames, 25 frames a second, 320 × 192 pixels. */
    public static List<EncodedFrame> record(VideoCodec codec, int frames) {
        return record(new SyntheticCamera.Settings(codec, 320, 192, 25, 10), frames);
    }

    public static List<EncodedFrame> record(SyntheticCamera.Settings settings, int frames) {
        List<EncodedFrame> recorded = new ArrayList<>();
        try (SyntheticCamera camera = new SyntheticCamera(settings)) {
            for (int i = 0; i < frames; i++) {
                recorded.add(camera.next());
            }
        }
        return recorded;
    }

    /** With other timestamps, in milliseconds. */
    public static EncodedFrame at(EncodedFrame frame, long pts, @Nullable Long created) {
        return new EncodedFrame(
                frame.codec(),
                frame.width(),
                frame.height(),
                1,
                1000,
                pts,
                null,
                created == null ? null : created * 1_000_000,
                frame.keyframe(),
                frame.data());
    }

    public static List<EncodedFrame> at(List<EncodedFrame> frames, LongUnaryOperator pts) {
        List<EncodedFrame> moved = new ArrayList<>();
        frames.forEach(frame -> moved.add(at(frame, pts.applyAsLong(frame.pts()), null)));
        return moved;
    }

    public record Made(byte[] file, ClipSummary summary) {}

    public static Made clip(List<EncodedFrame> frames, ClipFormat format) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ClipWriter writer = new ClipWriter(out, format)) {
            for (EncodedFrame frame : frames) {
                if (!writer.write(frame)) {
                    break;
                }
            }
            ClipSummary summary = writer.finish();
            return new Made(out.toByteArray(), summary);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
