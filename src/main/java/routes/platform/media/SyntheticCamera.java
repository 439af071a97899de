package routes.platform.media;

import java.util.Map;

import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * A synthetic camera that shows a {@link TestPattern}: it makes an encoded stream, frame by frame, as fast as it is
 * asked. For use by one thread at a time.
 */
public final class SyntheticCamera implements AutoCloseable {

    /** Bits enough to read the pattern after decoding, with room for noise. */
    private static final double BITS_PER_PIXEL = 0.2;

    private static final int LEAST_BIT_RATE = 100_000;

    private final Settings settings;
    private final TestPattern pattern;
    private final AVCodecContext context;
    private final NativeFrame picture;
    private final NativePacket packet = new NativePacket();
    private long number;

    /**
     * @param codec H264, VP8, VP9, JPEG or PNG; H.264 is encoded by OpenH264 (constrained baseline, no B-frames)
     * @param width in pixels, even, from 32
     * @param height in pixels, even, from 32
     * @param framesPerSecond by which timestamps rise
     * @param framesPerKeyframe length of a block; of no effect on JPEG and PNG, where each frame is a keyframe
     */
    public record Settings(VideoCodec codec, int width, int height, int framesPerSecond, int framesPerKeyframe) {

        private static final int LEAST_SIDE = 32;

        public Settings {
            if (width < LEAST_SIDE || height < LEAST_SIDE || width % 2 != 0 || height % 2 != 0) {
                throw new IllegalArgumentException(
                        "A camera of " + width + " × " + height + " pixels; both must be even, and 32 or more");
            }
            if (framesPerSecond < 1 || framesPerKeyframe < 1) {
                throw new IllegalArgumentException("A camera needs frames a second and frames a keyframe, from 1");
            }
        }

        String encoder() {
            return switch (codec) {
                case H264 -> "libopenh264";
                case VP8 -> "libvpx";
                case VP9 -> "libvpx-vp9";
                case JPEG, PNG -> codec.decoder();
                default -> throw new UnsupportedMediaException("No encoder for " + codec.label());
            };
        }

        Map<String, String> encoderOptions() {
            return switch (codec) {
                case VP8, VP9 -> Map.of("deadline", "realtime", "cpu-used", "8", "lag-in-frames", "0");
                default -> Map.of();
            };
        }

        int pixelFormat() {
            return switch (codec) {
                case JPEG -> avutil.AV_PIX_FMT_YUVJ420P;
                case PNG -> avutil.AV_PIX_FMT_GRAY8;
                default -> avutil.AV_PIX_FMT_YUV420P;
            };
        }

        int bitRate() {
            return Math.max(LEAST_BIT_RATE, (int) (width * height * framesPerSecond * BITS_PER_PIXEL));
        }
    }

    /**
     * @throws MediaUnavailableException FFmpeg cannot be loaded here
     * @throws UnsupportedMediaException this FFmpeg has no such encoder
     */
    public SyntheticCamera(Settings settings) {
        Ffmpeg.load();
        this.settings = settings;
        pattern = new TestPattern(settings.width(), settings.height());
        AVCodec encoder = avcodec.avcodec_find_encoder_by_name(settings.encoder());
        if (encoder == null) {
            throw new UnsupportedMediaException("This build of FFmpeg has no encoder " + settings.encoder());
        }
        picture = NativeFrame.of(settings.width(), settings.height(), settings.pixelFormat());
        context = Ffmpeg.requireMemory(avcodec.avcodec_alloc_context3(encoder));
        context.width(settings.width())
                .height(settings.height())
                .pix_fmt(settings.pixelFormat())
                .time_base(avutil.av_make_q(1, settings.framesPerSecond()))
                .framerate(avutil.av_make_q(settings.framesPerSecond(), 1))
                .gop_size(settings.framesPerKeyframe())
                .bit_rate(settings.bitRate())
                .thread_count(1);
        open(encoder);
    }

    private void open(AVCodec encoder) {
        AVDictionary options = new AVDictionary(null);
        // A packet for each frame at once, encoded no slower than a camera needs it
        settings.encoderOptions().forEach((name, value) -> avutil.av_dict_set(options, name, value, 0));
        int result = avcodec.avcodec_open2(context, encoder, options);
        avutil.av_dict_free(options);
        if (result < 0) {
            close();
            Ffmpeg.require(result, "The encoder " + settings.encoder() + " does not start");
        }
    }

    /** The next frame; its time base is one frame, its pts its number, which its picture shows. */
    public EncodedFrame next() {
        draw();
        Ffmpeg.require(avcodec.avcodec_send_frame(context, picture.get()), "The test picture cannot be encoded");
        Ffmpeg.require(avcodec.avcodec_receive_packet(context, packet.get()), "The test picture cannot be encoded");
        try {
            AVPacket encoded = packet.get();
            return new EncodedFrame(
                    settings.codec(),
                    settings.width(),
                    settings.height(),
                    1,
                    settings.framesPerSecond(),
                    encoded.pts(),
                    1L,
                    null,
                    (encoded.flags() & avcodec.AV_PKT_FLAG_KEY) != 0,
                    packet.bytes());
        } finally {
            avcodec.av_packet_unref(packet.get());
        }
    }

    private void draw() {
        // The encoder may still hold the previous picture
        Ffmpeg.require(avutil.av_frame_make_writable(picture.get()), "There is no memory for a picture");
        pattern.draw(number, picture);
        picture.get().pts(number);
        number++;
    }

    @Override
    public void close() {
        packet.close();
        picture.close();
        avcodec.avcodec_free_context(context);
    }
}
