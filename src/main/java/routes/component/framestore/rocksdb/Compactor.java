package routes.component.framestore.rocksdb;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes RocksDB give room back. Frames lie aside from their keys, in files that go when nothing points into them
 * any more; only a compaction of the keys finds that out, and on its own it may be long in coming.
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
