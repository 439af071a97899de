package routes.component.framestore.rocksdb.record;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * Builds keys and records. Its unsigned numbers keep their order when compared as bytes: up to 250 they are one
 * byte, above that a marker for the width and then the number, highest byte first.
 */
public final class ByteSink {

    static final int LARGEST_SINGLE = 250;
    static final int TWO_BYTES = 0xfb;
    static final int FOUR_BYTES = 0xfc;
    static final int EIGHT_BYTES = 0xfd;
    static final int SIXTEEN_BYTES = 0xfe;

    private ByteBuffer bytes;

    public ByteSink(int expected) {
        this(ByteBuffer.allocate(Math.max(expected, 16)));
    }

    /** @param bytes to begin with, from their position on; what does not fit moves to an array */
    public ByteSink(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    public ByteSink fixed(long value, int width) {
        room(width);
        for (int shift = (width - 1) * 8; shift >= 0; shift -= 8) {
            bytes.put((byte) (value >>> shift));
        }
        return this;
    }

    /** An unsigned number of 64 bits. */
    public ByteSink number(long value) {
        if (Long.compareUnsigned(value, LARGEST_SINGLE) <= 0) {
            return fixed(value, 1);
        }
        if (Long.compareUnsigned(value, 0xffffL) <= 0) {
            return fixed(TWO_BYTES, 1).fixed(value, 2);
        }
        if (Long.compareUnsigned(value, 0xffffffffL) <= 0) {
            return fixed(FOUR_BYTES, 1).fixed(value, 4);
        }
        return fixed(EIGHT_BYTES, 1).fixed(value, 8);
    }

    /** An unsigned number of 128 bits. */
    public ByteSink number(long high, long low) {
        return high == 0 ? number(low) : fixed(SIXTEEN_BYTES, 1).fixed(high, 8).fixed(low, 8);
    }

    public ByteSink number(BigInteger value) {
        return number(value.shiftRight(Long.SIZE).longValue(), value.longValue());
    }

    public ByteSink number(UUID value) {
        return number(value.getMostSignificantBits(), value.getLeastSignificantBits());
    }

    /** Numbers below zero as small ones, too; their order is not kept. */
    public ByteSink signed(long value) {
        return number((value << 1) ^ (value >> 63));
    }

    public ByteSink flag(@Nullable Object present) {
        return fixed(present == null ? 0 : 1, 1);
    }

    public ByteSink raw(byte[] value) {
        room(value.length);
        bytes.put(value);
        return this;
    }

    /** Bytes that {@link #sized} writes. */
    public static long size(byte[] value) {
        return size(value.length) + (long) value.length;
    }

    /** Bytes that {@link #number(long)} writes. */
    public static int size(long value) {
        if (Long.compareUnsigned(value, LARGEST_SINGLE) <= 0) {
            return 1;
        }
        if (Long.compareUnsigned(value, 0xffffL) <= 0) {
            return 3;
        }
        return Long.compareUnsigned(value, 0xffffffffL) <= 0 ? 5 : 9;
    }

    /** Bytes with their length before them. */
    public ByteSink sized(byte[] value) {
        return number(value.length).raw(value);
    }

    public ByteSink text(String value) {
        return sized(value.getBytes(StandardCharsets.UTF_8));
    }

    public byte[] toBytes() {
        ByteBuffer written = toBuffer();
        if (written.hasArray() && written.limit() == written.array().length) {
            return written.array();
        }
        byte[] copy = new byte[written.limit()];
        written.get(copy);
        return copy;
    }

    /** What was written, from 0 to its limit: in the buffer it began with, if it fitted. */
    ByteBuffer toBuffer() {
        return bytes.duplicate().flip();
    }

    private void room(int more) {
        if (bytes.remaining() < more) {
            long wanted = Math.max(bytes.position() + (long) more, bytes.position() * 2L);
            bytes = ByteBuffer.allocate((int) Math.min(Integer.MAX_VALUE - 8L, wanted))
                    .put(bytes.flip());
        }
    }
}
