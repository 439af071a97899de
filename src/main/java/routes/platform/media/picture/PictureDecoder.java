package routes.platform.media.picture;

import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avcodec;
import routes.platform.media.Ffmpeg;
import routes.platform.media.MediaException;
import routes.platform.media.NativeFrame;
import routes.platform.media.NativePacket;
import routes.platform.media.UnsupportedMediaException;
import routes.platform.media.VideoCodec;

/** Decodes one picture that needs no other. */
public final class PictureDecoder implements AutoCloseable {

    private final VideoCodec codec;
    private final PictureLimits limits;
    private final AVCodecContext context;

    public PictureDecoder(VideoCodec codec, PictureLimits limits) {
        this.codec = codec;
        this.limits = limits;
        AVCodec decoder = avcodec.avcodec_find_decoder_by_name(codec.decoder());
        if (decoder == null) {
            throw new UnsupportedMediaException("This build of FFmpeg cannot decode " + codec.label());
        }
        context = Ffmpeg.requireMemory(avcodec.avcodec_alloc_context3(decoder));
        // One thread for each picture; the caller decides how many pictures are decoded at once
        context.thread_count(1).max_pixels(limits.maxPixels());
        int result = avcodec.avcodec_open2(context, decoder, (AVDictionary) null);
        if (result < 0) {
            close();
            Ffmpeg.require(result, "The decoder of " + codec.label() + " does not start");
        }
    }

    /**
     * The first picture in the data.
     *
     * @throws MediaException there is none, or it is damaged beyond decoding
     */
    public NativeFrame decode(byte[] data) {
        if (codec == VideoCodec.AV1) {
            new Av1Sizes(limits).check(data);
        }
        NativeFrame frame = new NativeFrame();
        try (NativePacket packet = NativePacket.of(data)) {
            packet.get().flags(avcodec.AV_PKT_FLAG_KEY);
            requireDecoded(avcodec.avcodec_send_packet(context, packet.get()), data);
            // Signals the end: a decoder that holds pictures back for their order releases them
            avcodec.avcodec_send_packet(context, (AVPacket) null);
            requireDecoded(avcodec.avcodec_receive_frame(context, frame.get()), data);
            limits.checkSize(frame.get().width(), frame.get().height());
            return frame;
        } catch (RuntimeException | Error e) {
            frame.close();
            throw e;
        }
    }

    private void requireDecoded(int result, byte[] data) {
        Ffmpeg.require(
                result,
                "The " + data.length + " bytes are no " + codec.label()
                        + " picture that can be decoded on its own, or one of more than " + limits.maxPixels()
                        + " pixels");
    }

    @Override
    public void close() {
        avcodec.avcodec_free_context(context);
    }
}
