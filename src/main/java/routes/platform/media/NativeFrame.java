package routes.platform.media;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;

/** A decoded picture in FFmpeg's memory. */
public final class NativeFrame implements AutoCloseable {

    private final AVFrame frame = Ffmpeg.requireMemory(avutil.av_frame_alloc());

    /** With room for a picture. */
    public static NativeFrame of(int width, int height, int pixelFormat) {
        NativeFrame made = new NativeFrame();
        made.frame.width(width).height(height).format(pixelFormat);
        int result = avutil.av_frame_get_buffer(made.frame, 0);
        if (result < 0) {
            made.close();
            Ffmpeg.require(result, "There is no memory for a picture of " + width + " × " + height);
        }
        return made;
    }

    public AVFrame get() {
        return frame;
    }

    /** Fills a plane, row by row: FFmpeg's rows may be longer than the picture is wide. */
    public void fillPlane(int plane, byte[] source, int offset, int rowBytes, int rows) {
        int stride = frame.linesize(plane);
        for (int row = 0; row < rows; row++) {
            frame.data(plane).position((long) row * stride).put(source, offset + row * rowBytes, rowBytes);
        }
    }

    @Override
    public void close() {
        avutil.av_frame_free(frame);
    }
}
