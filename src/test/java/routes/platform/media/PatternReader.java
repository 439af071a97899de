package routes.platform.media;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** Reads the number that a {@link TestPattern} shows, with Java's own readers of JPEG and PNG. */
public final class PatternReader {

    private static final int MIDDLE = 128;

    public int number(byte[] file) {
        return number(image(file));
    }

    public BufferedImage image(byte[] file) {
        try {
            return ImageIO.read(new ByteArrayInputStream(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int number(BufferedImage image) {
        int number = 0;
        int y = image.getHeight() / TestPattern.EDGE / 2;
        for (int field = 0; field < TestPattern.FIELDS; field++) {
            int x = (2 * field + 1) * image.getWidth() / (2 * TestPattern.FIELDS);
            number = number << 1 | (green(image.getRGB(x, y)) > MIDDLE ? 1 : 0);
        }
        return number;
    }

    private static int green(int rgb) {
        return rgb >> 8 & 0xff;
    }
}
