package routes.component.framestore.rocksdb;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.component.framestore.rocksdb.record.ByteSource;
import routes.component.framestore.rocksdb.record.CorruptRecordException;
import routes.component.framestore.rocksdb.record.SourceKeys;

/** All sources, in memory as they are in the database. */
final class Sources {

    private static final Logger LOG = LoggerFactory.getLogger(Sources.class);

    private final Database database;
    private final Damage damage;
    private final Map<String, SourceLog> logs = new ConcurrentHashMap<>();

    Sources(Database database, Damage damage) {
        this.database = database;
        this.damage = damage;
    }

    /** Loads the state of all sources, at the start and after the database was opened again. */
    void load() {
        stored().forEach((sourceId, state) ->
                logs.computeIfAbsent(sourceId, id -> new SourceLog(state)).publish(state));
    }

    /** Unknown sources are empty. */
    SourceLog get(String sourceId) {
        return logs.computeIfAbsent(sourceId, id -> new SourceLog(recovered(id)));
    }

    Optional<SourceLog> known(String sourceId) {
        return Optional.ofNullable(logs.get(sourceId)).filter(log -> log.state().next() > 0);
    }

    Collection<SourceLog> all() {
        return logs.values();
    }

    private Map<String, SourceState> stored() {
        return database.use(session -> {
            Map<String, SourceState> states = new HashMap<>();
            try (RocksIterator rows = session.scan(Family.SOURCES)) {
                for (rows.seekToFirst(); rows.isValid(); rows.next()) {
                    try {
                        SourceState state = SourceState.of(rows.value());
                        states.put(state.sourceId(), state);
                    } catch (CorruptRecordException e) {
                        damage.report(Family.SOURCES, rows.key(), e);
                    }
                }
                rows.status();
            }
            return states;
        });
    }

    /**
     * The state of a source can be lost only by damage. Then its log still tells where to go on, so that no entry
     * is overwritten; its totals begin anew.
     */
    private SourceState recovered(String sourceId) {
        SourceKeys keys = new SourceKeys(sourceId);
        long next = database.use(session -> nextAfterLast(session, keys));
        if (next > 0) {
            LOG.warn("Source {} lost its counter; it goes on at index {}", sourceId, next);
        }
        return SourceState.startingAt(sourceId, next);
    }

    private long nextAfterLast(Database.Session session, SourceKeys keys) throws RocksDBException {
        try (RocksIterator entries = session.iterator(Family.MESSAGES)) {
            for (entries.seekForPrev(keys.index(-1)); entries.isValid(); entries.prev()) {
                try {
                    return new ByteSource(entries.key(), SourceKeys.PREFIX_LENGTH).number() + 1;
                } catch (CorruptRecordException e) {
                    damage.report(Family.MESSAGES, entries.key(), e);
                }
            }
            entries.status();
            return 0;
        }
    }
}
