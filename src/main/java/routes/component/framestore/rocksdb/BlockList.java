package routes.component.framestore.rocksdb;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import routes.component.framestore.rocksdb.record.Block;
import routes.component.framestore.rocksdb.record.ByteSource;
import routes.component.framestore.rocksdb.record.CorruptRecordException;
import routes.component.framestore.rocksdb.record.Nanos;
import routes.component.framestore.rocksdb.record.SourceKeys;

/** Reads the finished blocks of a source, a page at a time: a stream of nothing but keyframes has a block for each frame. */
final class BlockList {

    static final int MOST = 1000;

    private final Database database;
    private final Damage damage;

    BlockList(Database database, Damage damage) {
        this.database = database;
        this.damage = damage;
    }

    /** A piece of the list, and where to go on; empty at the end. */
    record Page(List<Block> blocks, Optional<byte[]> next) {}

    /** Up to {@link #MOST} blocks in the order of the log, from the one that begins at the index, or the next one. */
    List<Block> from(SourceLog log, long index) {
        return page(Family.BLOCKS, log.keys().index(index), Long.MAX_VALUE, log.keys())
                .blocks();
    }

    /** The block an index is in, if that is finished. */
    Optional<Block> at(SourceLog log, long index) {
        Optional<Block> before = database.use(session -> {
            try (RocksIterator rows = session.iterator(Family.BLOCKS)) {
                rows.seekForPrev(log.keys().index(index));
                return rows.isValid() ? read(Family.BLOCKS, rows.key(), rows.value()) : Optional.<Block>empty();
            }
        });
        return before.filter(block -> block.end() > index);
    }

    /** The first page of those whose last entry arrived not after a time. */
    Page arrivedUntil(SourceLog log, Instant time) {
        return arrivedUntil(log, time, log.keys().prefix());
    }

    Page arrivedUntil(SourceLog log, Instant time, byte[] from) {
        return page(Family.ARRIVALS, from, Nanos.of(time), log.keys());
    }

    /** The first block in the order of arrival whose last entry arrived at or after a time. */
    Optional<Block> arrivedFrom(SourceLog log, Instant time) {
        byte[] from = log.keys().arrival(Nanos.of(time), 0);
        return page(Family.ARRIVALS, from, Long.MAX_VALUE, log.keys()).blocks().stream()
                .findFirst();
    }

    private Page page(Family family, byte[] from, long latest, SourceKeys keys) {
        return database.use(session -> {
            List<Block> blocks = new ArrayList<>();
            try (RocksIterator rows = session.iterator(family)) {
                for (rows.seek(from); rows.isValid(); rows.next()) {
                    if (blocks.size() == MOST) {
                        return new Page(blocks, Optional.of(rows.key()));
                    }
                    Optional<Block> block = family == Family.BLOCKS
                            ? read(family, rows.key(), rows.value())
                            : named(session, keys, rows.key(), latest);
                    if (block.isEmpty() && family == Family.ARRIVALS && isLater(rows.key(), latest)) {
                        break;
                    }
                    block.ifPresent(blocks::add);
                }
                rows.status();
            }
            return new Page(blocks, Optional.empty());
        });
    }

    /** The block a row of arrivals names; empty when it arrived later. */
    private Optional<Block> named(Database.Session session, SourceKeys keys, byte[] row, long latest)
            throws RocksDBException {
        try {
            ByteSource source = new ByteSource(row, SourceKeys.PREFIX_LENGTH);
            if (source.number() > latest) {
                return Optional.empty();
            }
            byte[] key = keys.index(source.number());
            return session.get(Family.BLOCKS, key).flatMap(value -> read(Family.BLOCKS, key, value));
        } catch (CorruptRecordException e) {
            damage.report(Family.ARRIVALS, row, e);
            return Optional.empty();
        }
    }

    private static boolean isLater(byte[] row, long latest) {
        try {
            return new ByteSource(row, SourceKeys.PREFIX_LENGTH).number() > latest;
        } catch (CorruptRecordException e) {
            return false;
        }
    }

    private Optional<Block> read(Family family, byte[] key, byte[] value) {
        try {
            return Optional.of(Block.of(value));
        } catch (CorruptRecordException e) {
            damage.report(family, key, e);
            return Optional.empty();
        }
    }
}
