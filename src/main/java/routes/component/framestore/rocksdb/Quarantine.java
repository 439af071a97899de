package routes.component.framestore.rocksdb;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.component.framestore.api.QuarantinedRecord;
import routes.component.framestore.rocksdb.record.ByteSink;
import routes.component.framestore.rocksdb.record.QuarantineRecord;

/** Takes damaged and foreign records out of the way, with the reason, so that nothing stumbles over them twice. */
final class Quarantine {

    private static final Logger LOG = LoggerFactory.getLogger(Quarantine.class);
    private static final int MOST_LISTED = 1000;

    private final Database database;
    private final Clock clock;
    private final AtomicLong count = new AtomicLong();

    Quarantine(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
        this.count.set(stored());
    }

    /** Moves a record, unless another thread was quicker. */
    synchronized void take(Family family, byte[] key, String reason) {
        boolean moved = database.use(session -> {
            Optional<byte[]> value = session.get(family, key);
            if (value.isEmpty()) {
                return false;
            }
            try (WriteBatch batch = new WriteBatch()) {
                byte[] record = QuarantineRecord.toBytes(family.title(), key, reason, clock.instant(), value.get());
                batch.put(session.handle(Family.QUARANTINE), number(), record);
                batch.delete(session.handle(family), key);
                session.write(batch);
            }
            return true;
        });
        if (moved) {
            count.incrementAndGet();
            LOG.warn("Record {} of {} is in quarantine: {}", HexFormat.of().formatHex(key), family.title(), reason);
        }
    }

    long count() {
        return count.get();
    }

    /** The oldest ones. */
    List<QuarantinedRecord> list() {
        return database.use(session -> {
            List<QuarantinedRecord> records = new ArrayList<>();
            try (RocksIterator rows = session.scan(Family.QUARANTINE)) {
                for (rows.seekToFirst(); rows.isValid() && records.size() < MOST_LISTED; rows.next()) {
                    QuarantineRecord.read(rows.value()).ifPresent(records::add);
                }
                rows.status();
            }
            return records;
        });
    }

    private long stored() {
        return database.use(session -> {
            long rows = 0;
            try (RocksIterator records = session.scan(Family.QUARANTINE)) {
                for (records.seekToFirst(); records.isValid(); records.next()) {
                    rows++;
                }
            }
            return rows;
        });
    }

    /** The next free number, by the last one taken. */
    private byte[] number() {
        return database.use(session -> {
            try (RocksIterator rows = session.scan(Family.QUARANTINE)) {
                rows.seekToLast();
                if (!rows.isValid()) {
                    return new ByteSink(8).fixed(0, 8).toBytes();
                }
                byte[] last = Arrays.copyOf(rows.key(), 8);
                long next = ByteBuffer.wrap(last).getLong() + 1;
                return new ByteSink(8).fixed(next, 8).toBytes();
            }
        });
    }
}
