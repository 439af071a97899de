package routes.platform.media.picture;

/** Reads bits, the highest of a byte first. Behind the end it throws {@link IndexOutOfBoundsException}. */
final class BitReader {

    private final byte[] data;
    private int position;

    BitReader(byte[] data, int firstByte) {
        this.data = data;
        position = firstByte * Byte.SIZE;
    }

    boolean flag() {
        return read(1) != 0;
    }

    /** @param bits up to 31 */
    int read(int bits) {
        int value = 0;
        for (int i = 0; i < bits; i++, position++) {
            value = value << 1 | data[position / Byte.SIZE] >> 7 - position % Byte.SIZE & 1;
        }
        return value;
    }

    void skip(int bits) {
        position += bits;
    }

    /** As many zeros as there are bits behind the first one. */
    void skipExponential() {
        int zeros = 0;
        while (!flag()) {
            zeros++;
        }
        skip(zeros);
    }
}
