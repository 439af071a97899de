package routes.platform.media.clip;

import java.io.IOException;
import java.io.OutputStream;

import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.Read_packet_Pointer_BytePointer_int;
import org.bytedeco.ffmpeg.avformat.Seek_Pointer_long_int;
import org.bytedeco.ffmpeg.avformat.Write_packet_Pointer_BytePointer_int;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;
import routes.platform.media.Ffmpeg;
import routes.platform.media.MediaException;

/** Lets FFmpeg write to a stream. JavaCPP allows {@value #MOST_AT_ONCE} of them in a process at a time. */
final class ClipOutput implements AutoCloseable {

    /** The number of callbacks of one kind that JavaCPP reserves. */
    static final int MOST_AT_ONCE = 10;

    private static final int BUFFER = 1 << 16;

    private final Callback callback;
    private final AVIOContext context;

    ClipOutput(OutputStream out) {
        callback = new Callback(out);
        if (callback.isNull()) {
            throw new MediaException("No more than " + MOST_AT_ONCE + " clips can be written at once");
        }
        BytePointer buffer = new BytePointer(Ffmpeg.requireMemory(avutil.av_malloc(BUFFER)));
        context = Ffmpeg.requireMemory(avformat.avio_alloc_context(
                buffer, BUFFER, 1, null, (Read_packet_Pointer_BytePointer_int) null, callback, (Seek_Pointer_long_int)
                        null));
    }

    AVIOContext get() {
        return context;
    }

    /**
     * @param result of a function of FFmpeg that may have written
     * @throws IOException the stream failed
     * @throws MediaException something else failed
     */
    void require(int result, String failure) throws IOException {
        callback.rethrow();
        Ffmpeg.require(result, failure);
    }

    @Override
    public void close() {
        // FFmpeg may have taken another buffer than the first meanwhile
        avutil.av_free(context.buffer());
        avformat.avio_context_free(context);
        callback.close();
    }

    /**
     * Nothing thrown may pass through FFmpeg, which would end the process. So the first failure is kept, even an
     * error.
     */
    private static final class Callback extends Write_packet_Pointer_BytePointer_int {

        private final OutputStream out;
        private @Nullable Throwable failure;

        Callback(OutputStream out) {
            this.out = out;
        }

        @Override
        public int call(Pointer opaque, BytePointer buffer, int size) {
            try {
                byte[] bytes = new byte[size];
                buffer.get(bytes);
                out.write(bytes);
                return size;
            } catch (IOException | RuntimeException | Error e) {
                failure = failure == null ? e : failure;
                return avutil.AVERROR_EXTERNAL;
            }
        }

        void rethrow() throws IOException {
            if (failure instanceof IOException e) {
                throw e;
            }
            if (failure instanceof RuntimeException e) {
                throw e;
            }
            if (failure instanceof Error e) {
                throw e;
            }
        }
    }
}
