package routes.platform.media.picture;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import routes.platform.media.Ffmpeg;
import routes.platform.media.NativeFrame;

/** Converts a picture to another size and pixel format. */
final class PictureScaler {

    /** From this height on, a picture that does not say so has the colours of HD television. */
    private static final int HD_HEIGHT = 720;

    private static final int NEUTRAL = 1 << 16;

    private final int maxSide;

    PictureScaler(int maxSide) {
        this.maxSide = maxSide;
    }

    /**
     * Fitted into a width and into the limit, in the shape in which the picture is shown. Never larger than it is.
     */
    NativeFrame scale(NativeFrame source, int maxWidth, int pixelFormat) {
        double heightPerWidth = heightPerWidth(source.get());
        double own = Math.max(source.get().width(), source.get().height() / heightPerWidth);
        double fitting = Math.min(Math.min(maxWidth, own), Math.min(maxSide, maxSide / heightPerWidth));
        NativeFrame target = NativeFrame.of(side(fitting), side(fitting * heightPerWidth), pixelFormat);
        try {
            convert(source.get(), target.get());
            return target;
        } catch (RuntimeException | Error e) {
            target.close();
            throw e;
        }
    }

    private int side(double length) {
        return (int) Math.max(1, Math.min(maxSide, Math.round(length)));
    }

    private static double heightPerWidth(AVFrame frame) {
        AVRational pixel = frame.sample_aspect_ratio();
        double pixelHeight = pixel.num() > 0 && pixel.den() > 0 ? (double) pixel.den() / pixel.num() : 1;
        return pixelHeight * frame.height() / frame.width();
    }

    private static void convert(AVFrame source, AVFrame target) {
        SwsContext context = Ffmpeg.requireMemory(swscale.sws_getContext(
                source.width(),
                source.height(),
                source.format(),
                target.width(),
                target.height(),
                target.format(),
                swscale.SWS_BICUBIC,
                null,
                null,
                (DoublePointer) null));
        try {
            swscale.sws_setColorspaceDetails(
                    context,
                    colours(source),
                    source.color_range() == avutil.AVCOL_RANGE_JPEG ? 1 : 0,
                    swscale.sws_getCoefficients(swscale.SWS_CS_ITU601),
                    1,
                    0,
                    NEUTRAL,
                    NEUTRAL);
            Ffmpeg.require(
                    swscale.sws_scale_frame(context, target, source),
                    "A picture of " + source.width() + " × " + source.height() + " cannot be scaled");
        } finally {
            swscale.sws_freeContext(context);
        }
    }

    private static IntPointer colours(AVFrame source) {
        if (source.colorspace() != avutil.AVCOL_SPC_UNSPECIFIED) {
            return swscale.sws_getCoefficients(source.colorspace());
        }
        return swscale.sws_getCoefficients(
                source.height() >= HD_HEIGHT ? swscale.SWS_CS_ITU709 : swscale.SWS_CS_ITU601);
    }
}
