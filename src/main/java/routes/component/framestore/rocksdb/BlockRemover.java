package routes.component.framestore.rocksdb;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import routes.component.framestore.api.FrameStoreListener;
import routes.component.framestore.rocksdb.record.Block;
import routes.component.framestore.rocksdb.record.CorruptRecordException;
import routes.component.framestore.rocksdb.record.Nanos;
import routes.component.framestore.rocksdb.record.SealedRecord;
import routes.component.framestore.rocksdb.record.SourceKeys;

/**
 * Removes whole blocks, since frames are of no use without the keyframe that they depend on. Used by the writer's thread only.
 *
 * <p>Index and log change in one batch, so that nothing is found that cannot be read. Adjacent blocks are deleted as one
 * range, which costs the same for one block as for those of a day.
 */
final class BlockRemover {

    private final Database database;
    private final BlockList blocks;
    private final Holds holds;
    private final Retention retention;
    private final Sources sources;
    private final FrameStoreListener listener;

    /** By source, the index up to which nothing is left that a quota could remove: held, or gone. */
    private final Map<String, Long> removableFrom = new HashMap<>();

    BlockRemover(
            Database database,
            BlockList blocks,
            Holds holds,
            Retention retention,
            Sources sources,
            FrameStoreListener listener) {
        this.database = database;
        this.blocks = blocks;
        this.holds = holds;
        this.retention = retention;
        this.sources = sources;
        this.listener = listener;
    }

    /** Removes blocks of which all entries are expired; returns their bytes. */
    long removeExpired(String sourceId) {
        SourceLog log = sources.get(sourceId);
        Optional<Instant> cutoff = retention.cutoff(log.state());
        if (cutoff.isEmpty()) {
            return 0;
        }
        long removed = 0;
        Optional<BlockList.Page> page = Optional.of(blocks.arrivedUntil(log, cutoff.get()));
        while (page.isPresent()) {
            removed += remove(log, page.get().blocks(), Long.MAX_VALUE).bytes;
            page = page.get().next().map(from -> blocks.arrivedUntil(log, cutoff.get(), from));
        }
        Block open = log.state().open();
        if (open != null && !open.lastArrival().isAfter(cutoff.get())) {
            removed += remove(log, List.of(open), Long.MAX_VALUE).bytes;
        }
        return removed;
    }

    /** Removes the oldest blocks until the source is within its quota. Its last block stays. */
    long removeOverQuota(SourceLog log) {
        long quota = log.state().limits().quotaBytes();
        long removed = 0;
        while (quota > 0 && log.state().totals().bytes() > quota) {
            String sourceId = log.state().sourceId();
            List<Block> oldest = blocks.from(log, removableFrom.getOrDefault(sourceId, 0L));
            if (oldest.isEmpty()) {
                return removed;
            }
            Removal removal = remove(log, oldest, log.state().totals().bytes() - quota);
            removableFrom.put(sourceId, removal.seen);
            removed += removal.bytes;
        }
        return removed;
    }

    /** Removes every block that has an entry in the range; returns their bytes. */
    long removeRange(String sourceId, long from, long to) {
        holds.on(sourceId, from, to).ifPresent(hold -> {
            throw new IllegalStateException("Entries " + from + " to " + to + " of " + sourceId
                    + " cannot be deleted: " + hold.id() + " holds " + hold.from() + " to " + hold.to() + " ("
                    + hold.reason() + ")");
        });
        SourceLog log = sources.get(sourceId);
        long removed = 0;
        long position = blocks.at(log, from).map(Block::first).orElse(from);
        List<Block> some = blocks.from(log, position);
        while (!some.isEmpty()) {
            List<Block> inside =
                    some.stream().filter(block -> block.first() <= to).toList();
            removed += remove(log, inside, Long.MAX_VALUE).bytes;
            position = some.get(some.size() - 1).end();
            some = inside.size() < some.size() ? List.of() : blocks.from(log, position);
        }
        Block open = log.state().open();
        if (open != null && open.first() <= to && open.end() > from) {
            removed += remove(log, List.of(open), Long.MAX_VALUE).bytes;
        }
        return removed;
    }

    /** Blocks that were held may be removable after a hold was released. */
    void holdsChanged() {
        removableFrom.clear();
    }

    /** Removes blocks that nobody holds, until there are enough bytes. */
    private Removal remove(SourceLog log, List<Block> candidates, long enough) {
        return database.use(session -> {
            try (WriteBatch batch = new WriteBatch()) {
                Removal removal = new Removal(session, batch, log);
                for (Block block : candidates) {
                    if (removal.bytes < enough) {
                        removal.take(block);
                    }
                }
                removal.end();
                return removal;
            }
        });
    }

    /** One batch of blocks to remove. */
    private final class Removal {

        private final Database.Session session;
        private final WriteBatch batch;
        private final SourceLog log;
        private SourceState after;
        private long rangeFrom;
        private long rangeTo;
        private long bytes;
        private long entries;
        private long seen;

        Removal(Database.Session session, WriteBatch batch, SourceLog log) {
            this.session = session;
            this.batch = batch;
            this.log = log;
            this.after = log.state();
        }

        void take(Block block) throws RocksDBException {
            seen = block.end();
            if (holds.on(after.sourceId(), block.first(), block.end() - 1).isPresent()) {
                return;
            }
            forget(block);
            extendRange(block);
            after = after.without(block);
            bytes += block.bytes();
            entries += block.count();
        }

        void end() throws RocksDBException {
            deleteRange();
            if (entries > 0) {
                batch.put(session.handle(Family.SOURCES), log.keys().prefix(), after.toBytes());
                session.write(batch);
                log.publish(after);
                listener.onRemoved(entries, bytes);
            }
        }

        private void forget(Block block) throws RocksDBException {
            SourceKeys keys = log.keys();
            batch.delete(session.handle(Family.BLOCKS), keys.index(block.first()));
            byte[] arrival = keys.arrival(Nanos.of(block.lastArrival()), block.first());
            batch.delete(session.handle(Family.ARRIVALS), arrival);
            if (block.keyframe() == null || block.createdNs() == null) {
                return;
            }
            batch.delete(session.handle(Family.TIMES), keys.created(block.createdNs(), block.first()));
            byte[] key = keys.keyframe(block.keyframe());
            Optional<byte[]> place = session.get(Family.KEYFRAMES, key);
            // The same UUID may have been stored again later: then the index tells where, and must go on to
            if (place.isPresent() && pointsInto(place.get(), block)) {
                batch.delete(session.handle(Family.KEYFRAMES), key);
            }
        }

        private boolean pointsInto(byte[] place, Block block) {
            try {
                return SealedRecord.open(place).number() == block.first();
            } catch (CorruptRecordException e) {
                return true;
            }
        }

        private void extendRange(Block block) throws RocksDBException {
            if (block.first() != rangeTo) {
                deleteRange();
                rangeFrom = block.first();
            }
            rangeTo = block.end();
        }

        private void deleteRange() throws RocksDBException {
            if (rangeTo > rangeFrom) {
                SourceKeys keys = log.keys();
                batch.deleteRange(session.handle(Family.MESSAGES), keys.index(rangeFrom), keys.index(rangeTo));
            }
            rangeFrom = rangeTo;
        }
    }
}
