package routes.component.framestore.rocksdb;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import routes.component.framestore.api.FrameReader;
import routes.component.framestore.api.StoredEntry;
import routes.component.framestore.rocksdb.record.ByteSource;
import routes.component.framestore.rocksdb.record.CorruptRecordException;
import routes.component.framestore.rocksdb.record.EntryRecord;
import routes.component.framestore.rocksdb.record.RecordBuffer;
import routes.component.framestore.rocksdb.record.SourceKeys;

/**
 * Reads ahead, a piece at a time, with an iterator that lives only as long as that takes: a reader that is paced,
 * or waits, keeps nothing in the database from being removed.
 */
final class LogReader implements FrameReader {

    private final Database database;
    private final SourceLog log;
    private final Retention retention;
    private final Damage damage;
    private final long readAhead;
    private final Queue<StoredEntry> ready = new ArrayDeque<>();
    private long position;
    private long readUpTo;

    LogReader(Database database, SourceLog log, Retention retention, Damage damage, long position, long readAhead) {
        this.database = database;
        this.log = log;
        this.retention = retention;
        this.damage = damage;
        this.position = position;
        this.readUpTo = position;
        this.readAhead = readAhead;
    }

    @Override
    public Optional<StoredEntry> poll() {
        while (!ready.isEmpty() || readUpTo < log.state().next()) {
            if (ready.isEmpty()) {
                fill();
                continue;
            }
            StoredEntry entry = ready.remove();
            position = entry.index() + 1;
            // It may have expired since it was read
            if (retention.isServed(log.state(), entry.index(), entry.arrival())) {
                return Optional.of(entry);
            }
        }
        position = readUpTo;
        return Optional.empty();
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public void close() {
        ready.clear();
    }

    private void fill() {
        SourceState state = log.state();
        database.use(session -> {
            RecordBuffer buffer = session.buffers().take();
            try (RocksIterator entries = session.iterator(Family.MESSAGES)) {
                entries.seek(log.keys().index(readUpTo));
                read(entries, buffer, state);
            } finally {
                session.buffers().giveBack(buffer);
            }
            return ready;
        });
    }

    private void read(RocksIterator entries, RecordBuffer buffer, SourceState state) throws RocksDBException {
        long bytes = 0;
        while (entries.isValid() && bytes < readAhead) {
            byte[] key = entries.key();
            try {
                long index = new ByteSource(key, SourceKeys.PREFIX_LENGTH).number();
                if (index >= state.next()) {
                    break;
                }
                readUpTo = index + 1;
                StoredEntry entry = EntryRecord.read(index, buffer.valueOf(entries));
                if (retention.isServed(state, index, entry.arrival())) {
                    ready.add(entry);
                    bytes += entry.size();
                }
            } catch (CorruptRecordException e) {
                damage.report(Family.MESSAGES, key, e);
            }
            entries.next();
        }
        entries.status();
        if (bytes < readAhead) {
            // Everything up to the end was read: what is missing are holes
            readUpTo = Math.max(readUpTo, state.next());
        }
    }
}
