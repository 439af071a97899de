package routes.component.framestore.rocksdb.record;

import java.nio.ByteBuffer;

import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;

/**
 * Native memory for one record on its way to or from RocksDB. Through an array, each picture would be copied once more,
 * and be garbage twice: with its record and by itself. Not thread-safe.
 */
public final class RecordBuffer {

    /** Of a record. Larger ones are rare enough for an array each. */
    static final int SIZE = 256 << 10;

    private static final int MOST_OF_A_KEY = 64;

    private final ByteBuffer key = ByteBuffer.allocateDirect(MOST_OF_A_KEY);
    private final ByteBuffer value = ByteBuffer.allocateDirect(SIZE);

    /** To write a record into, from 0 on. */
    public ByteBuffer value() {
        return value.clear();
    }

    /** The record that the iterator is at, from 0 to its limit; gone with the next use of this buffer. */
    public ByteBuffer valueOf(RocksIterator entries) {
        int length = entries.value(value.clear());
        return length > SIZE ? ByteBuffer.wrap(entries.value()) : value;
    }

    /** @param record in the buffer, or in an array of its size */
    public void put(WriteBatch batch, ColumnFamilyHandle family, byte[] keyBytes, ByteBuffer record)
            throws RocksDBException {
        if (record.isDirect()) {
            batch.put(family, key.clear().put(keyBytes).flip(), record);
        } else {
            batch.put(family, keyBytes, record.array());
        }
    }
}
