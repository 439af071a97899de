package routes.platform.media;

import java.util.Arrays;

import org.bytedeco.ffmpeg.global.avutil;

/**
 * A picture that differs from frame to frame and says its own number: in decimal digits for people, and for tests as 16
 * white or black fields along its upper edge, the highest bit first. Below, a square wanders over a gradient.
 */
final class TestPattern {

    /** Fields of the upper edge: bits of the number, modulo 2^16. */
    static final int FIELDS = 16;

    /** The upper edge is this part of the height. */
    static final int EDGE = 8;

    private static final byte BLACK = 16;
    private static final byte WHITE = (byte) 235;
    private static final byte NO_COLOUR = (byte) 128;

    private static final int DIGIT_COLUMNS = 3;
    private static final int DIGIT_ROWS = 5;

    /** Three by five dots for each digit, row by row from the highest bit. */
    private static final int[] DIGITS = {
        0b111_101_101_101_111, 0b010_110_010_010_111, 0b111_001_111_100_111, 0b111_001_111_001_111,
        0b101_101_111_001_001, 0b111_100_111_001_111, 0b111_100_111_101_111, 0b111_001_010_010_010,
        0b111_101_111_101_111, 0b111_101_111_001_111
    };

    private final int width;
    private final int height;
    private final byte[] brightness;
    private final byte[] colour;

    TestPattern(int width, int height) {
        this.width = width;
        this.height = height;
        brightness = new byte[width * height];
        colour = new byte[width * height / 4];
    }

    /**
     * @param target in grey, or in YUV with four pixels a colour
     */
    void draw(long number, NativeFrame target) {
        drawGradient();
        drawSquare(number);
        drawFields(number);
        drawDigits(number);
        target.fillPlane(0, brightness, 0, width, height);
        if (target.get().format() != avutil.AV_PIX_FMT_GRAY8) {
            fillColour(1, NO_COLOUR, target);
            fillColour(2, (byte) (NO_COLOUR + number % 64), target);
        }
    }

    private void fillColour(int plane, byte value, NativeFrame target) {
        Arrays.fill(colour, value);
        target.fillPlane(plane, colour, 0, width / 2, height / 2);
    }

    private void drawGradient() {
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                brightness[y * width + x] = (byte) (48 + 128 * (x + y) / (width + height));
            }
        }
    }

    private void drawSquare(long number) {
        int side = height / 6;
        int x = (int) (number * 4 % (width - side));
        int y = height / EDGE + (int) (number * 2 % (height - height / EDGE - side));
        fill(x, y, side, side, WHITE);
    }

    private void drawFields(long number) {
        for (int field = 0; field < FIELDS; field++) {
            boolean set = (number >> (FIELDS - 1 - field) & 1) != 0;
            int from = width * field / FIELDS;
            fill(from, 0, width * (field + 1) / FIELDS - from, height / EDGE, set ? WHITE : BLACK);
        }
    }

    private void drawDigits(long number) {
        String text = Long.toString(number);
        int dot = Math.max(1, Math.min(height / 24, width / ((DIGIT_COLUMNS + 1) * (text.length() + 1))));
        int top = height - (DIGIT_ROWS + 1) * dot;
        for (int i = 0; i < text.length(); i++) {
            drawDigit(text.charAt(i) - '0', (i * (DIGIT_COLUMNS + 1) + 1) * dot, top, dot);
        }
    }

    private void drawDigit(int digit, int left, int top, int dot) {
        for (int i = 0; i < DIGIT_COLUMNS * DIGIT_ROWS; i++) {
            boolean set = (DIGITS[digit] >> (DIGIT_COLUMNS * DIGIT_ROWS - 1 - i) & 1) != 0;
            fill(left + i % DIGIT_COLUMNS * dot, top + i / DIGIT_COLUMNS * dot, dot, dot, set ? WHITE : BLACK);
        }
    }

    private void fill(int left, int top, int columns, int rows, byte value) {
        for (int y = top; y < top + rows && y < height; y++) {
            int from = y * width + Math.min(left, width);
            Arrays.fill(brightness, from, y * width + Math.min(left + columns, width), value);
        }
    }
}
