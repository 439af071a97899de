package routes.platform.media.picture;

import routes.platform.media.MediaException;
import routes.platform.media.UnsupportedMediaException;

/**
 * Checks the sizes that AV1 data announces before it is decoded: its decoder, unlike FFmpeg's own, knows no limit and
 * takes the memory at once.
 */
final class Av1Sizes {

    private static final int SEQUENCE_HEADER = 1;
    private static final int LONGEST_SIZE = 8;

    private final PictureLimits limits;

    Av1Sizes(PictureLimits limits) {
        this.limits = limits;
    }

    /**
     * @throws UnsupportedMediaException one of the sizes is too large
     * @throws MediaException it is no AV1
     */
    void check(byte[] data) {
        try {
            int position = 0;
            while (position < data.length) {
                position = checkUnit(data, position);
            }
        } catch (IndexOutOfBoundsException e) {
            throw new MediaException("The " + data.length + " bytes are no av1 picture: they end in the middle");
        }
    }

    /** @return where the next one begins */
    private int checkUnit(byte[] data, int start) {
        int header = data[start];
        boolean extended = (header & 0b100) != 0;
        boolean sized = (header & 0b10) != 0;
        int position = start + (extended ? 2 : 1);
        long size = data.length - position;
        if (sized) {
            size = 0;
            for (int i = 0; i < LONGEST_SIZE; i++) {
                int next = data[position++];
                size |= (long) (next & 0x7f) << 7 * i;
                if (next >= 0) {
                    break;
                }
            }
        }
        if (size > data.length - position) {
            throw new IndexOutOfBoundsException("unit of " + size);
        }
        if ((header >> 3 & 0xf) == SEQUENCE_HEADER) {
            checkSequence(new BitReader(data, position));
        }
        return position + (int) size;
    }

    private void checkSequence(BitReader bits) {
        bits.skip(4);
        if (bits.flag()) {
            bits.skip(5);
        } else {
            skipOperatingPoints(bits);
        }
        int widthBits = bits.read(4) + 1;
        int heightBits = bits.read(4) + 1;
        limits.checkSize(bits.read(widthBits) + 1L, bits.read(heightBits) + 1L);
    }

    /** Section 5.5.1 of the AV1 specification. */
    private static void skipOperatingPoints(BitReader bits) {
        int delayBits = 0;
        if (bits.flag()) {
            bits.skip(64);
            if (bits.flag()) {
                bits.skipExponential();
            }
            if (bits.flag()) {
                delayBits = bits.read(5) + 1;
                bits.skip(42);
            }
        }
        boolean displayDelays = bits.flag();
        int points = bits.read(5) + 1;
        for (int i = 0; i < points; i++) {
            bits.skip(12);
            if (bits.read(5) > 7) {
                bits.skip(1);
            }
            if (delayBits > 0 && bits.flag()) {
                bits.skip(2 * delayBits + 1);
            }
            if (displayDelays && bits.flag()) {
                bits.skip(4);
            }
        }
    }
}
