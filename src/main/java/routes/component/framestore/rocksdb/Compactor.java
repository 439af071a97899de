package routes.component.framestore.rocksdb;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes RocksDB give space back. Frames are stored apart from their keys, in files that are deleted once nothing refers to
 * them. Only a compaction of the keys notices that, and by itself RocksDB may not compact for a long time.
 */
final class Compactor {

    private static final long LEAST = 64 << 20;
    private static final int SHARE = 10;

    private final Database database;
    private final AtomicLong removed = new AtomicLong();

    Compactor(Database database) {
        this.database = database;
    }

    void removed(long bytes) {
        removed.addAndGet(bytes);
    }

    /** Compacts when what was removed since the last time is a tenth of what is left: the cost stays in proportion. */
    void compactIfWorthIt(long left) {
        long waste = removed.get();
        if (waste < LEAST || waste < left / SHARE) {
            return;
        }
        removed.addAndGet(-waste);
        database.use(session -> {
            session.db().compactRange(session.handle(Family.MESSAGES));
            return waste;
        });
    }
}
