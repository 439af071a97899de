package routes.component.framestore.rocksdb;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

import org.rocksdb.RocksIterator;
import routes.component.framestore.api.Hold;
import routes.component.framestore.rocksdb.record.CorruptRecordException;
import routes.component.framestore.rocksdb.record.HoldRecord;
import routes.component.framestore.rocksdb.record.SourceKeys;

/** The holds of all sources: few, hence in memory as well. Changed by the writer's thread only. */
final class Holds {

    private final Database database;
    private final Clock clock;
    private final List<Hold> holds;

    Holds(Database database, Damage damage, Clock clock) {
        this.database = database;
        this.clock = clock;
        this.holds = new CopyOnWriteArrayList<>(stored(database, damage));
    }

    Hold add(String sourceId, long from, long to, String reason) {
        Hold hold = new Hold(UUID.randomUUID(), sourceId, from, to, reason, clock.instant());
        database.change(Family.HOLDS, key(hold), HoldRecord.toBytes(hold));
        holds.add(hold);
        return hold;
    }

    /** False when there is none of that id. */
    boolean release(UUID id) {
        Optional<Hold> found =
                holds.stream().filter(hold -> hold.id().equals(id)).findFirst();
        found.ifPresent(hold -> {
            database.change(Family.HOLDS, key(hold), null);
            holds.remove(hold);
        });
        return found.isPresent();
    }

    List<Hold> list() {
        return List.copyOf(holds);
    }

    Optional<Hold> on(String sourceId, long first, long last) {
        return holds.stream()
                .filter(hold -> hold.sourceId().equals(sourceId) && hold.overlaps(first, last))
                .findFirst();
    }

    private static byte[] key(Hold hold) {
        return new SourceKeys(hold.sourceId()).hold(hold.id());
    }

    private static List<Hold> stored(Database database, Damage damage) {
        return database.use(session -> {
            List<Hold> all = new ArrayList<>();
            try (RocksIterator rows = session.scan(Family.HOLDS)) {
                for (rows.seekToFirst(); rows.isValid(); rows.next()) {
                    try {
                        all.add(HoldRecord.read(rows.value()));
                    } catch (CorruptRecordException | IllegalArgumentException e) {
                        damage.report(Family.HOLDS, rows.key(), e);
                    }
                }
                rows.status();
            }
            return all;
        });
    }
}
