package routes.platform.media.picture;

import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import routes.platform.media.EncodedFrame;
import routes.platform.media.MediaException;
import routes.platform.media.PatternReader;
import routes.platform.media.SyntheticCamera;
import routes.platform.media.UnsupportedMediaException;
import routes.platform.media.VideoCodec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Pictures of what cameras send, and of what attackers send. */
class PictureRendererTest {

    private final PictureRenderer renderer = new PictureRenderer(PictureLimits.DEFAULT);
    private final PatternReader pattern = new PatternReader();

    @ParameterizedTest
    @EnumSource(names = {"H264", "VP8", "VP9", "JPEG", "PNG"})
    @DisplayName("RX10 a keyframe becomes a JPEG or PNG that shows it, in the width asked for")
    void rendersEveryCodec(VideoCodec codec) {
        EncodedFrame keyframe = keyframe(codec, 3);

        for (PictureFormat format : PictureFormat.values()) {
            byte[] file = renderer.render(picture(keyframe), format, 160);

            BufferedImage image = pattern.image(file);
            assertThat(image.getWidth()).isEqualTo(160);
            assertThat(image.getHeight()).isEqualTo(90);
            assertThat(pattern.number(file)).isEqualTo((int) keyframe.pts());
            assertThat(file[0] & 0xff).isEqualTo(format == PictureFormat.JPEG ? 0xff : 0x89);
        }
    }

    @Test
    @DisplayName("RX10 raw pixels become a picture in their own colours")
    void rendersRawPixels() {
        byte[] rgba = new byte[64 * 32 * 4];
        byte[] rgb = new byte[64 * 32 * 3];
        for (int i = 0; i < 64 * 32; i++) {
            rgba[i * 4] = rgb[i * 3] = (byte) 200;
            rgba[i * 4 + 1] = rgb[i * 3 + 1] = 100;
            rgba[i * 4 + 2] = rgb[i * 3 + 2] = 50;
        }
        byte[] nv12 = new byte[33 * 31 + 34 * 16];
        Arrays.fill(nv12, (byte) 128);

        assertThat(colour(new EncodedPicture(VideoCodec.RAW_RGBA, 64, 32, rgba)))
                .isEqualTo(0xc86432);
        assertThat(colour(new EncodedPicture(VideoCodec.RAW_RGB24, 64, 32, rgb)))
                .isEqualTo(0xc86432);
        // 128 of 16 to 235; which way it is rounded depends on the processor
        assertThat(colour(new EncodedPicture(VideoCodec.RAW_NV12, 33, 31, nv12)))
                .isIn(0x818181, 0x828282);
    }

    @Test
    @DisplayName("RX10 a picture keeps its shape, does not grow, and stays within the limits however narrow it is")
    void keepsShape() {
        EncodedPicture column = new EncodedPicture(VideoCodec.RAW_RGB24, 4, 8000, new byte[4 * 8000 * 3]);

        BufferedImage narrow = pattern.image(renderer.render(column, PictureFormat.PNG, 1000));
        BufferedImage own = pattern.image(
                renderer.render(picture(keyframe(VideoCodec.JPEG, 0)), PictureFormat.JPEG, Integer.MAX_VALUE));

        assertThat(narrow.getHeight()).isEqualTo(4096);
        assertThat(narrow.getWidth()).isEqualTo(2);
        assertThat(own.getWidth()).isEqualTo(640);
        assertThat(own.getHeight()).isEqualTo(360);
    }

    @ParameterizedTest
    @EnumSource(names = {"H264", "HEVC", "VP8", "VP9", "AV1", "JPEG", "PNG"})
    @DisplayName("RX10 what is no picture gives an exception that says so")
    void refusesGarbage(VideoCodec codec) {
        byte[] noise = new byte[10_000];
        new Random(7).nextBytes(noise);

        for (byte[] data : new byte[][] {{}, {0}, new byte[500], noise}) {
            assertThatThrownBy(
                            () -> renderer.render(new EncodedPicture(codec, 640, 360, data), PictureFormat.JPEG, 100))
                    .isInstanceOf(MediaException.class)
                    .hasMessageContaining(codec.label());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H264", "VP8", "VP9", "JPEG", "PNG"})
    @DisplayName("RX10 a damaged picture gives a picture or an exception, never a crash")
    void survivesDamage(VideoCodec codec) {
        EncodedFrame keyframe = keyframe(codec, 0);
        Random random = new Random(11);
        for (int i = 0; i < 150; i++) {
            byte[] damaged = Arrays.copyOf(keyframe.data(), 1 + random.nextInt(keyframe.data().length));
            for (int hit = 0; hit < 1 + i / 10; hit++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            try {
                assertThat(renderer.render(new EncodedPicture(codec, 0, 0, damaged), PictureFormat.JPEG, 64))
                        .isNotEmpty();
            } catch (MediaException e) {
                assertThat(e).hasMessageContaining(codec.label());
            }
        }
    }

    @Test
    @DisplayName("RX10 a frame that needs others is no picture")
    void refusesDeltaFrame() {
        try (SyntheticCamera camera = new SyntheticCamera(settings(VideoCodec.H264))) {
            camera.next();
            EncodedFrame second = camera.next();

            assertThatThrownBy(() -> renderer.render(picture(second), PictureFormat.JPEG, 100))
                    .isInstanceOf(MediaException.class);
        }
    }

    @Test
    @DisplayName("RX10 a few bytes that claim a giant picture take no memory")
    void refusesBombs() {
        assertThatThrownBy(() -> renderer.render(
                        new EncodedPicture(VideoCodec.PNG, 1, 1, pngOf(60_000, 60_000)), PictureFormat.PNG, 100))
                .isInstanceOf(MediaException.class)
                .hasMessageContaining("more than 35389440 pixels");
        assertThatThrownBy(() -> renderer.render(
                        new EncodedPicture(VideoCodec.RAW_RGBA, Long.MAX_VALUE, 1L << 40, new byte[4]),
                        PictureFormat.PNG,
                        100))
                .isInstanceOf(UnsupportedMediaException.class);
        assertThatThrownBy(() -> renderer.render(
                        new EncodedPicture(VideoCodec.RAW_RGBA, 640, 360, new byte[4]), PictureFormat.PNG, 100))
                .isInstanceOf(MediaException.class)
                .hasMessageContaining("921600 bytes, not 4");
        assertThatThrownBy(() -> renderer.render(
                        new EncodedPicture(VideoCodec.JPEG, 1, 1, new byte[(64 << 20) + 1]), PictureFormat.PNG, 1))
                .isInstanceOf(UnsupportedMediaException.class)
                .hasMessageContaining("67108864");
    }

    @Test
    @DisplayName("RX10 codecs are known by the names of Savant")
    void knowsNames() {
        assertThat(VideoCodec.of("h264")).contains(VideoCodec.H264);
        assertThat(VideoCodec.of("raw-rgb24")).contains(VideoCodec.RAW_RGB24);
        assertThat(VideoCodec.of("theora")).isEmpty();
    }

    private int colour(EncodedPicture picture) {
        BufferedImage image = pattern.image(renderer.render(picture, PictureFormat.PNG, 32));
        return image.getRGB(7, 7) & 0xffffff;
    }

    private static EncodedPicture picture(EncodedFrame frame) {
        return new EncodedPicture(frame.codec(), frame.width(), frame.height(), frame.data());
    }

    private static SyntheticCamera.Settings settings(VideoCodec codec) {
        return new SyntheticCamera.Settings(codec, 640, 360, 25, 5);
    }

    /** Not the first, so that it must be found by its number. */
    private static EncodedFrame keyframe(VideoCodec codec, int after) {
        try (SyntheticCamera camera = new SyntheticCamera(settings(codec))) {
            for (int i = 0; ; i++) {
                EncodedFrame frame = camera.next();
                if (i >= after && frame.keyframe()) {
                    return frame;
                }
            }
        }
    }

    /** A PNG whose header is sound, with hardly anything behind it. */
    private static byte[] pngOf(int width, int height) {
        ByteBuffer png = ByteBuffer.allocate(100);
        png.putLong(0x89504E470D0A1A0AL);
        png.putInt(13);
        int start = png.position();
        png.put("IHDR".getBytes(StandardCharsets.US_ASCII));
        png.putInt(width).putInt(height).put(new byte[] {8, 6, 0, 0, 0});
        CRC32 crc = new CRC32();
        crc.update(png.array(), start, png.position() - start);
        png.putInt((int) crc.getValue());
        return png.array();
    }
}
