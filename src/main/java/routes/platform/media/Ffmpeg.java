package routes.platform.media;

import java.nio.charset.StandardCharsets;

import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.javacpp.Loader;
import org.jspecify.annotations.Nullable;

/** Loads FFmpeg's libraries and checks the results of its functions. */
public final class Ffmpeg {

    private static final int LONGEST_MESSAGE = 256;

    private Ffmpeg() {}

    /**
     * Loads the libraries unless they are loaded. Must be called before any function of FFmpeg.
     *
     * @throws MediaUnavailableException they cannot be loaded here
     */
    public static void load() {
        // Otherwise JavaCPP would refuse memory when the whole process, with heap and stores, is larger than four
        // heaps
        System.getProperties().putIfAbsent("org.bytedeco.javacpp.maxPhysicalBytes", "0");
        try {
            Loader.load(avutil.class);
            Loader.load(avcodec.class);
            Loader.load(avformat.class);
            Loader.load(swscale.class);
            // FFmpeg prints to standard error, but its functions report failures as results; only fatal ones need to
            // be printed
            avutil.av_log_set_level(avutil.AV_LOG_PANIC);
        } catch (LinkageError e) {
            throw new MediaUnavailableException(e);
        }
    }

    /**
     * @param result of a function; below zero it failed
     * @param failure what could not be done, for the message
     * @throws MediaException it failed
     */
    public static void require(int result, String failure) {
        if (result < 0) {
            throw new MediaException(failure + ": " + message(result));
        }
    }

    /** @param allocated null when FFmpeg could not allocate it */
    public static <T> T requireMemory(@Nullable T allocated) {
        if (allocated == null) {
            throw new OutOfMemoryError("FFmpeg could not allocate memory");
        }
        return allocated;
    }

    static String message(int result) {
        byte[] text = new byte[LONGEST_MESSAGE];
        avutil.av_strerror(result, text, text.length);
        int end = 0;
        while (end < text.length && text[end] != 0) {
            end++;
        }
        return new String(text, 0, end, StandardCharsets.UTF_8);
    }
}
