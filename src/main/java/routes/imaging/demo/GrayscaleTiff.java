package routes.imaging.demo;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.random.RandomGenerator;

/** A baseline TIFF of one uncompressed 8-bit grayscale strip: a gradient with noise. */
final class GrayscaleTiff {

    private static final int HEADER_BYTES = 8;
    private static final int DIRECTORY_BYTES = 2 + 12 * 12 + 4;
    private static final int RATIONAL_BYTES = 8;
    private static final int RESOLUTION_OFFSET = HEADER_BYTES + DIRECTORY_BYTES;
    private static final int PIXELS_OFFSET = RESOLUTION_OFFSET + RATIONAL_BYTES;

    private static final short SHORT = 3;
    private static final short LONG = 4;
    private static final short RATIONAL = 5;

    private static final int DOTS_PER_INCH = 300;
    private static final int NOISE = 24;
    private static final int WHITE = 255;

    private GrayscaleTiff() {}

    /**
     * @param width in pixels, at least 1
     * @param height in pixels, at least 1
     */
    static byte[] draw(int width, int height, RandomGenerator random) {
        ByteBuffer tiff = ByteBuffer.allocate(PIXELS_OFFSET + width * height).order(ByteOrder.LITTLE_ENDIAN);
        tiff.put((byte) 'I').put((byte) 'I').putShort((short) 42).putInt(HEADER_BYTES);
        writeDirectory(tiff, width, height);
        tiff.putInt(DOTS_PER_INCH).putInt(1);
        writePixels(tiff, width, height, random);
        return tiff.array();
    }

    /** Tags in ascending order, as the format demands. */
    private static void writeDirectory(ByteBuffer tiff, int width, int height) {
        tiff.putShort((short) 12);
        tag(tiff, 256, LONG, width); // ImageWidth
        tag(tiff, 257, LONG, height); // ImageLength
        tag(tiff, 258, SHORT, 8); // BitsPerSample
        tag(tiff, 259, SHORT, 1); // Compression: none
        tag(tiff, 262, SHORT, 1); // PhotometricInterpretation: black is zero
        tag(tiff, 273, LONG, PIXELS_OFFSET); // StripOffsets
        tag(tiff, 277, SHORT, 1); // SamplesPerPixel
        tag(tiff, 278, LONG, height); // RowsPerStrip: one strip
        tag(tiff, 279, LONG, width * height); // StripByteCounts
        tag(tiff, 282, RATIONAL, RESOLUTION_OFFSET); // XResolution
        tag(tiff, 283, RATIONAL, RESOLUTION_OFFSET); // YResolution
        tag(tiff, 296, SHORT, 2); // ResolutionUnit: inch
        tiff.putInt(0); // no further image
    }

    /** Little-endian, so that a short value also stands in the first bytes of its four. */
    private static void tag(ByteBuffer tiff, int tag, short type, int value) {
        tiff.putShort((short) tag).putShort(type).putInt(1).putInt(value);
    }

    private static void writePixels(ByteBuffer tiff, int width, int height, RandomGenerator random) {
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int gradient = (x + y) * (WHITE - NOISE) / (width + height);
                tiff.put((byte) (gradient + random.nextInt(NOISE)));
            }
        }
    }
}
