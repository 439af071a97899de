package routes.component.framestore.rocksdb;

import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/** Adds to a batch what is to change together. */
@FunctionalInterface
interface BatchChange {
    void on(Database.Session session, WriteBatch batch) throws RocksDBException;
}
