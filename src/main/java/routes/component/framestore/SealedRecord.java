package routes.component.framestore;

import java.util.zip.CRC32C;

/**
 * The form of every value in the store: a byte for the version of the format, a checksum of the rest, the rest.
 * A value that is not like this was damaged, or written by something else.
 */
final class SealedRecord {

    static final int VERSION = 1;
    private static final int HEADER = 5;

    private SealedRecord() {}

    /** Begins a record that {@link #seal} will complete. */
    static ByteSink begin(int expected) {
        return new ByteSink(HEADER + expected).fixed(VERSION, 1).fixed(0, HEADER - 1);
    }

    static byte[] seal(ByteSink sink) {
        byte[] value = sink.toBytes();
        long checksum = checksum(value);
        for (int i = 1; i < HEADER; i++) {
            value[i] = (byte) (checksum >>> (HEADER - 1 - i) * 8);
        }
        return value;
    }

    static ByteSource open(byte[] value) throws CorruptRecordException {
        ByteSource source = new ByteSource(value, 0);
        long version = source.fixed(1);
        if (version != VERSION) {
            throw new CorruptRecordException("format version " + version + ", known is " + VERSION);
        }
        if (source.fixed(HEADER - 1) != checksum(value)) {
            throw new CorruptRecordException("checksum mismatch");
        }
        return source;
    }

    private static long checksum(byte[] value) {
        CRC32C crc = new CRC32C();
        crc.update(value, HEADER, value.length - HEADER);
        return crc.getValue();
    }
}
