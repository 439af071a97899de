package routes.platform.media.clip;

import java.io.IOException;
import java.io.OutputStream;

import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import routes.platform.media.EncodedFrame;
import routes.platform.media.Ffmpeg;
import routes.platform.media.MediaException;
import routes.platform.media.NativeFrame;
import routes.platform.media.NativePacket;
import routes.platform.media.VideoCodec;
import routes.platform.media.picture.PictureDecoder;
import routes.platform.media.picture.PictureLimits;

/** Writes one stream of video into a container, by FFmpeg. */
final class ClipMuxer implements AutoCloseable {

    /** The tag {@code hvc1}; FFmpeg's own choice is hev1. */
    private static final int HVC1 = 'h' | 'v' << 8 | 'c' << 16 | '1' << 24;

    private final ClipFormat format;
    private final ClipOutput output;
    private final AVFormatContext context = new AVFormatContext(null);
    private final AVStream stream;

    /**
     * @param first gives codec and size
     * @param parameterSets of {@link ParameterSets}
     * @throws MediaException the container does not take it
     */
    ClipMuxer(OutputStream out, ClipFormat format, EncodedFrame first, byte[] parameterSets) throws IOException {
        this.format = format;
        output = new ClipOutput(out);
        try {
            Ffmpeg.require(
                    avformat.avformat_alloc_output_context2(context, null, format.muxer(), null),
                    "This build of FFmpeg cannot write " + format.ending());
            context.pb(output.get());
            // The same frames give the same file
            context.flags(context.flags() | AVFormatContext.AVFMT_FLAG_CUSTOM_IO | AVFormatContext.AVFMT_FLAG_BITEXACT);
            stream = Ffmpeg.requireMemory(avformat.avformat_new_stream(context, null));
            stream.time_base(tick());
            describe(stream.codecpar(), format, first, parameterSets);
            writeHeader(first);
        } catch (IOException | RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    private static void describe(
            AVCodecParameters parameters, ClipFormat format, EncodedFrame first, byte[] parameterSets) {
        parameters.codec_type(avutil.AVMEDIA_TYPE_VIDEO).codec_id(first.codec().id());
        if (first.hasSize()) {
            parameters.width((int) first.width()).height((int) first.height());
        } else {
            try (PictureDecoder decoder = new PictureDecoder(first.codec(), PictureLimits.DEFAULT);
                    NativeFrame picture = decoder.decode(first.data())) {
                parameters.width(picture.get().width()).height(picture.get().height());
            }
        }
        if (format.keepsParametersApart(first.codec())) {
            parameters.codec_tag(HVC1);
        }
        parameters.format(first.codec() == VideoCodec.JPEG ? avutil.AV_PIX_FMT_YUVJ420P : avutil.AV_PIX_FMT_YUV420P);
        if (parameterSets.length > 0) {
            BytePointer extra = new BytePointer(Ffmpeg.requireMemory(
                    avutil.av_mallocz(parameterSets.length + avcodec.AV_INPUT_BUFFER_PADDING_SIZE)));
            extra.put(parameterSets);
            parameters.extradata(extra).extradata_size(parameterSets.length);
        }
    }

    private void writeHeader(EncodedFrame first) throws IOException {
        AVDictionary options = new AVDictionary(null);
        try {
            format.options().forEach((name, value) -> avutil.av_dict_set(options, name, value, 0));
            output.require(
                    avformat.avformat_write_header(context, options),
                    first.kind() + " cannot be put into " + format.ending());
        } finally {
            avutil.av_dict_free(options);
        }
    }

    private static AVRational tick() {
        return avutil.av_make_q(1, ClipTimeline.TICKS_PER_SECOND);
    }

    void write(ClipFrame frame) throws IOException {
        try (NativePacket packet = NativePacket.of(frame.frame().data())) {
            AVPacket encoded = packet.get();
            encoded.pts(frame.pts()).dts(frame.dts()).duration(frame.duration());
            if (frame.frame().keyframe()) {
                encoded.flags(avcodec.AV_PKT_FLAG_KEY);
            }
            avcodec.av_packet_rescale_ts(encoded, tick(), stream.time_base());
            output.require(
                    avformat.av_write_frame(context, encoded),
                    "A frame of " + frame.frame().kind() + " cannot be put into " + format.ending());
        }
    }

    /** Completes the file. */
    void finish() throws IOException {
        output.require(avformat.av_write_trailer(context), "The clip cannot be completed");
    }

    @Override
    public void close() {
        avformat.avformat_free_context(context);
        output.close();
    }
}
