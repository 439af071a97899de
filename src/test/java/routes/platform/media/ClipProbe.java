package routes.platform.media;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;

/** Opens a clip as a player does: finds its stream, decodes every frame and tolerates no error in it. */
public final class ClipProbe {

    private ClipProbe() {}

    /**
     * @param pts of the decoded pictures in the order they are shown, in ms
     * @param dts of the packets in the order they are stored, in ms
     * @param numbers that a {@link TestPattern} shows
     */
    public record Content(
            String format, int width, int height, List<Long> pts, List<Long> dts, List<Integer> numbers) {}

    public static Content decode(byte[] clip) {
        try {
            Path file = Files.createTempFile("caravan-clip", ".bin");
            try {
                Files.write(file, clip);
                return decode(file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Content decode(Path file) {
        Ffmpeg.load();
        AVFormatContext input = new AVFormatContext(null);
        Ffmpeg.require(
                avformat.avformat_open_input(input, file.toString(), null, (AVDictionary) null), "Cannot open clip");
        try {
            Ffmpeg.require(avformat.avformat_find_stream_info(input, (AVDictionary) null), "Cannot find streams");
            return decode(input);
        } finally {
            avformat.avformat_close_input(input);
        }
    }

    private static Content decode(AVFormatContext input) {
        AVStream stream = input.streams(0);
        AVCodec decoder = avcodec.avcodec_find_decoder(stream.codecpar().codec_id());
        AVCodecContext context = avcodec.avcodec_alloc_context3(decoder);
        avcodec.avcodec_parameters_to_context(context, stream.codecpar());
        context.err_recognition(avcodec.AV_EF_EXPLODE).thread_count(1);
        Ffmpeg.require(avcodec.avcodec_open2(context, decoder, (AVDictionary) null), "Cannot decode");
        Content content = new Content(
                input.iformat().name().getString(),
                stream.codecpar().width(),
                stream.codecpar().height(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>());
        double tick = 1000.0 * stream.time_base().num() / stream.time_base().den();
        try (NativePacket packet = new NativePacket()) {
            while (avformat.av_read_frame(input, packet.get()) >= 0) {
                content.dts.add(Math.round(packet.get().dts() * tick));
                Ffmpeg.require(avcodec.avcodec_send_packet(context, packet.get()), "A packet is damaged");
                avcodec.av_packet_unref(packet.get());
                receive(context, tick, content);
            }
            avcodec.avcodec_send_packet(context, (AVPacket) null);
            receive(context, tick, content);
        } finally {
            avcodec.avcodec_free_context(context);
        }
        return content;
    }

    private static void receive(AVCodecContext context, double tick, Content content) {
        while (true) {
            try (NativeFrame frame = new NativeFrame()) {
                int result = avcodec.avcodec_receive_frame(context, frame.get());
                if (result == org.bytedeco.ffmpeg.presets.avutil.AVERROR_EAGAIN() || result == avutil.AVERROR_EOF) {
                    return;
                }
                Ffmpeg.require(result, "A picture is damaged");
                if (frame.get().decode_error_flags() != 0) {
                    throw new AssertionError(
                            "A picture is damaged: " + frame.get().decode_error_flags());
                }
                content.pts.add(Math.round(frame.get().pts() * tick));
                content.numbers.add(number(frame));
            }
        }
    }

    private static int number(NativeFrame frame) {
        int width = frame.get().width();
        long row = (long) (frame.get().height() / TestPattern.EDGE / 2)
                * frame.get().linesize(0);
        int number = 0;
        for (int field = 0; field < TestPattern.FIELDS; field++) {
            int x = (2 * field + 1) * width / (2 * TestPattern.FIELDS);
            number = number << 1 | ((frame.get().data(0).get(row + x) & 0xff) > 128 ? 1 : 0);
        }
        return number;
    }
}
