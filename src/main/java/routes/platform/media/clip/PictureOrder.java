package routes.platform.media.clip;

import java.util.Comparator;

import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParserContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.jspecify.annotations.Nullable;
import routes.platform.media.EncodedFrame;
import routes.platform.media.Ffmpeg;
import routes.platform.media.NativePacket;
import routes.platform.media.VideoCodec;

/**
 * Determines the order in which the pictures of a stream are shown. H.264 and HEVC tell it by their picture order
 * count; pictures of all other codecs are shown in the order they come in.
 */
final class PictureOrder implements AutoCloseable {

    /**
     * Pictures that can come before one that is shown earlier. Both codecs limit the decoded picture buffer to 16.
     */
    static final int LONGEST_DELAY = 16;

    /** H.264 counts fields, so that a count can fall by twice as many; with room for pictures that were lost. */
    private static final int LARGEST_FALL = 4 * LONGEST_DELAY;

    private final @Nullable AVCodecContext context;
    private final @Nullable AVCodecParserContext parser;
    private final VideoCodec codec;
    private long sequence;
    private int latest = Integer.MIN_VALUE;

    /**
     * The place of a picture among those of its stream.
     *
     * @param sequence coded video sequence; all pictures of one are shown before those of the next
     * @param count picture order count within the sequence; pictures of the same count are shown as they come
     */
    record Position(long sequence, int count) implements Comparable<Position> {

        private static final Comparator<Position> ORDER =
                Comparator.comparingLong(Position::sequence).thenComparingInt(Position::count);

        @Override
        public int compareTo(Position other) {
            return ORDER.compare(this, other);
        }
    }

    PictureOrder(VideoCodec codec) {
        this.codec = codec;
        if (codec.reordersPictures()) {
            context = Ffmpeg.requireMemory(avcodec.avcodec_alloc_context3(null));
            parser = Ffmpeg.requireMemory(avcodec.av_parser_init(codec.id()));
            parser.flags(AVCodecParserContext.PARSER_FLAG_COMPLETE_FRAMES);
        } else {
            context = null;
            parser = null;
        }
    }

    Position next(EncodedFrame frame) {
        if (parser == null || context == null) {
            return new Position(++sequence, 0);
        }
        // A picture that cannot be read gets the count of the previous one, and is shown after it
        int count = parse(frame, context, parser);
        if (beginsSequence(frame.data()) || (long) latest - count > LARGEST_FALL) {
            sequence++;
            latest = count;
        }
        latest = Math.max(latest, count);
        return new Position(sequence, count);
    }

    private static int parse(EncodedFrame frame, AVCodecContext context, AVCodecParserContext parser) {
        try (NativePacket packet = NativePacket.of(frame.data());
                BytePointer parsed = new BytePointer();
                IntPointer size = new IntPointer(1)) {
            AVPacket encoded = packet.get();
            long none = avutil.AV_NOPTS_VALUE;
            avcodec.av_parser_parse2(parser, context, parsed, size, encoded.data(), encoded.size(), none, none, 0);
        }
        return parser.output_picture_number();
    }

    /** Whether the first picture in the data is an IDR picture, or one of HEVC that breaks with what came before. */
    private boolean beginsSequence(byte[] data) {
        for (int i = 0; i + 3 < data.length; i++) {
            if (data[i] == 0 && data[i + 1] == 0 && data[i + 2] == 1) {
                int type = codec == VideoCodec.H264 ? data[i + 3] & 0x1f : data[i + 3] >> 1 & 0x3f;
                boolean picture = codec == VideoCodec.H264 ? type >= 1 && type <= 5 : type < 32;
                if (picture) {
                    return codec == VideoCodec.H264 ? type == 5 : type >= 16 && type <= 20;
                }
            }
        }
        return false;
    }

    @Override
    public void close() {
        if (parser != null) {
            avcodec.av_parser_close(parser);
        }
        if (context != null) {
            avcodec.avcodec_free_context(context);
        }
    }
}
