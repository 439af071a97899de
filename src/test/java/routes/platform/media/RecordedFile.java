package routes.platform.media;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;

/** The frames of a file somebody else made, as a source of video sends them: each 40 ms after the one before. */
final class RecordedFile {

    private RecordedFile() {}

    /**
     * @param file an MPEG transport stream, so that H.264 and HEVC are in Annex B
     * @param withPts whether the source tells when pictures are shown, or repeats the time of the first
     */
    static List<EncodedFrame> read(Path file, VideoCodec codec, boolean withPts) {
        Ffmpeg.load();
        AVFormatContext input = new AVFormatContext(null);
        Ffmpeg.require(
                avformat.avformat_open_input(input, file.toString(), null, (AVDictionary) null), "Cannot open " + file);
        List<EncodedFrame> frames = new ArrayList<>();
        try (NativePacket packet = new NativePacket()) {
            Ffmpeg.require(avformat.avformat_find_stream_info(input, (AVDictionary) null), "Cannot find streams");
            while (avformat.av_read_frame(input, packet.get()) >= 0) {
                frames.add(frame(input.streams(0), packet, codec, withPts, frames.size()));
                avcodec.av_packet_unref(packet.get());
            }
        } finally {
            avformat.avformat_close_input(input);
        }
        return frames;
    }

    private static EncodedFrame frame(
            AVStream stream, NativePacket packet, VideoCodec codec, boolean withPts, int number) {
        AVPacket encoded = packet.get();
        return new EncodedFrame(
                codec,
                stream.codecpar().width(),
                stream.codecpar().height(),
                stream.time_base().num(),
                stream.time_base().den(),
                withPts ? encoded.pts() : 0,
                null,
                number * 40_000_000L,
                (encoded.flags() & avcodec.AV_PKT_FLAG_KEY) != 0,
                packet.bytes());
    }
}
