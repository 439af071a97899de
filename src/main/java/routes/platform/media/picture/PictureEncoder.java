package routes.platform.media.picture;

import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import routes.platform.media.Ffmpeg;
import routes.platform.media.NativePacket;
import routes.platform.media.UnsupportedMediaException;

/** Encodes one picture. */
final class PictureEncoder implements AutoCloseable {

    /** Of JPEG, from 2 (best) to 31. */
    private static final int QUALITY = 3;

    private static final int TICKS_PER_SECOND = 25;

    private final AVCodecContext context;

    /**
     * @param frame gives size and pixel format
     */
    PictureEncoder(PictureFormat format, AVFrame frame) {
        AVCodec encoder = avcodec.avcodec_find_encoder_by_name(format.encoder());
        if (encoder == null) {
            throw new UnsupportedMediaException("This build of FFmpeg cannot encode " + format);
        }
        context = Ffmpeg.requireMemory(avcodec.avcodec_alloc_context3(encoder));
        context.width(frame.width())
                .height(frame.height())
                .pix_fmt(frame.format())
                .time_base(avutil.av_make_q(1, TICKS_PER_SECOND))
                .thread_count(1)
                .flags(avcodec.AV_CODEC_FLAG_QSCALE)
                .global_quality(QUALITY * avutil.FF_QP2LAMBDA);
        int result = avcodec.avcodec_open2(context, encoder, (AVDictionary) null);
        if (result < 0) {
            close();
            Ffmpeg.require(result, "The encoder of " + format + " does not start");
        }
    }

    byte[] encode(AVFrame frame) {
        frame.pts(0).quality(context.global_quality());
        try (NativePacket packet = new NativePacket()) {
            Ffmpeg.require(avcodec.avcodec_send_frame(context, frame), "The picture cannot be encoded");
            avcodec.avcodec_send_frame(context, null);
            Ffmpeg.require(avcodec.avcodec_receive_packet(context, packet.get()), "The picture cannot be encoded");
            return packet.bytes();
        }
    }

    @Override
    public void close() {
        avcodec.avcodec_free_context(context);
    }
}
