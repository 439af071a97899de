package routes.component.framestore.rocksdb.record;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The form of every value in the store: a byte for the version of the format, a checksum of the rest, the rest.
 * A value that is not like this was damaged, or written by something else.
 */
public final class SealedRecord {

    static final int VERSION = 1;
    static final int HEADER = 5;

    private SealedRecord() {}

    /** Begins a record that {@link #seal} will complete. */
    public static ByteSink begin(int expected) {
        return begin(ByteBuffer.allocate(HEADER + expected));
    }

    /** @param bytes to begin with, from 0 on */
    public static ByteSink begin(ByteBuffer bytes) {
        return new ByteSink(bytes).fixed(VERSION, 1).fixed(0, HEADER - 1);
    }

    public static byte[] seal(ByteSink sink) {
        byte[] value = sink.toBytes();
        seal(ByteBuffer.wrap(value));
        return value;
    }

    /** @param value all of it, from 0 to its limit */
    public static ByteBuffer seal(ByteBuffer value) {
        return value.putInt(1, (int) checksum(value));
    }

    public static ByteSource open(byte[] value) throws CorruptRecordException {
        return open(ByteBuffer.wrap(value));
    }

    /** @param value all of it, from 0 to its limit */
    public static ByteSource open(ByteBuffer value) throws CorruptRecordException {
        ByteSource source = new ByteSource(value);
        long version = source.fixed(1);
        if (version != VERSION) {
            throw new CorruptRecordException("format version " + version + ", known is " + VERSION);
        }
        if (source.fixed(HEADER - 1) != checksum(value)) {
            throw new CorruptRecordException("checksum mismatch");
        }
        return source;
    }

    private static long checksum(ByteBuffer value) {
        CRC32C crc = new CRC32C();
        crc.update(value.duplicate().position(HEADER));
        return crc.getValue();
    }
}
