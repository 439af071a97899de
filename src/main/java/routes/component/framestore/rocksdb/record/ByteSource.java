package routes.component.framestore.rocksdb.record;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Takes apart what a {@link ByteSink} built, and trusts none of it. */
public final class ByteSource {

    private static final BigInteger TWO_TO_64 = BigInteger.ONE.shiftLeft(Long.SIZE);

    private final ByteBuffer bytes;

    /** @param bytes from their position to their limit; the position moves along */
    public ByteSource(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    public ByteSource(byte[] bytes, int position) {
        this(ByteBuffer.wrap(bytes, position, bytes.length - position));
    }

    long fixed(int width) throws CorruptRecordException {
        need(width);
        long value = 0;
        for (int i = 0; i < width; i++) {
            value = value << 8 | bytes.get() & 0xff;
        }
        return value;
    }

    /** An unsigned number of 64 bits. */
    public long number() throws CorruptRecordException {
        int first = (int) fixed(1);
        return switch (first) {
            case ByteSink.TWO_BYTES -> fixed(2);
            case ByteSink.FOUR_BYTES -> fixed(4);
            case ByteSink.EIGHT_BYTES -> fixed(8);
            default -> single(first);
        };
    }

    public BigInteger bigNumber() throws CorruptRecordException {
        UUID halves = uuid();
        BigInteger low = unsigned(halves.getLeastSignificantBits());
        long high = halves.getMostSignificantBits();
        return high == 0 ? low : unsigned(high).shiftLeft(Long.SIZE).or(low);
    }

    public UUID uuid() throws CorruptRecordException {
        need(1);
        if ((bytes.get(bytes.position()) & 0xff) != ByteSink.SIXTEEN_BYTES) {
            return new UUID(0, number());
        }
        bytes.get();
        return new UUID(fixed(8), fixed(8));
    }

    public long signed() throws CorruptRecordException {
        long value = number();
        return value >>> 1 ^ -(value & 1);
    }

    public boolean flag() throws CorruptRecordException {
        return fixed(1) != 0;
    }

    public byte[] sized() throws CorruptRecordException {
        long length = number();
        if (length < 0 || length > bytes.remaining()) {
            throw new CorruptRecordException(
                    "a length of " + Long.toUnsignedString(length) + " where " + bytes.remaining() + " bytes are left");
        }
        byte[] value = new byte[(int) length];
        bytes.get(value);
        return value;
    }

    public String text() throws CorruptRecordException {
        return new String(sized(), StandardCharsets.UTF_8);
    }

    /** A number of things that take at least a byte each, so that a bad one cannot exhaust the memory. */
    public int count() throws CorruptRecordException {
        long count = number();
        if (count < 0 || count > bytes.remaining()) {
            throw new CorruptRecordException(
                    "a count of " + Long.toUnsignedString(count) + " where " + bytes.remaining() + " bytes are left");
        }
        return (int) count;
    }

    public void end() throws CorruptRecordException {
        if (bytes.hasRemaining()) {
            throw new CorruptRecordException(bytes.remaining() + " bytes too many");
        }
    }

    private long single(int value) throws CorruptRecordException {
        if (value > ByteSink.LARGEST_SINGLE) {
            throw new CorruptRecordException("a number that begins with " + Integer.toHexString(value));
        }
        return value;
    }

    private void need(int width) throws CorruptRecordException {
        if (width > bytes.remaining()) {
            throw new CorruptRecordException("cut off after " + bytes.limit() + " bytes");
        }
    }

    private static BigInteger unsigned(long value) {
        BigInteger signed = BigInteger.valueOf(value);
        return value < 0 ? signed.add(TWO_TO_64) : signed;
    }
}
