package routes.component.framestore.rocksdb;

import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.component.framestore.api.FrameStoreException;
import routes.component.framestore.rocksdb.record.ByteSource;
import routes.component.framestore.rocksdb.record.CorruptRecordException;
import routes.component.framestore.rocksdb.record.SourceKeys;

/** All sources, in memory as they are in the database. */
final class Sources {

    private static final Logger LOG = LoggerFactory.getLogger(Sources.class);

    private final Database database;
    private final Quarantine quarantine;
    private final Map<String, SourceLog> logs = new ConcurrentHashMap<>();

    Sources(Database database, Quarantine quarantine) {
        this.database = database;
        this.quarantine = quarantine;
    }

    /** Takes over what the database has; for the start, and for after it was opened again. */
    void load() {
        stored().forEach((sourceId, state) ->
                logs.computeIfAbsent(sourceId, id -> new SourceLog(state)).publish(state));
    }

    /** A source nobody has heard of is empty. */
    SourceLog get(String sourceId) {
        return logs.computeIfAbsent(sourceId, id -> new SourceLog(recovered(id)));
    }

    Optional<SourceLog> known(String sourceId) {
        return Optional.ofNullable(logs.get(sourceId)).filter(log -> log.state().next() > 0);
    }

    Collection<SourceLog> all() {
        return logs.values();
    }

    void close() {
        logs.values().forEach(SourceLog::close);
    }

    private Map<String, SourceState> stored() {
        Map<byte[], String> damaged = new IdentityHashMap<>();
        Map<String, SourceState> states = new HashMap<>();
        database.use(session -> {
            try (RocksIterator rows = session.scan(Family.SOURCES)) {
                for (rows.seekToFirst(); rows.isValid(); rows.next()) {
                    try {
                        SourceState state = SourceState.of(rows.value());
                        states.put(state.sourceId(), state);
                    } catch (CorruptRecordException e) {
                        damaged.put(rows.key(), String.valueOf(e.getMessage()));
                    }
                }
                rows.status();
            }
            return states;
        });
        damaged.forEach((key, reason) -> quarantine.take(Family.SOURCES, key, reason));
        return states;
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

    private static long nextAfterLast(Database.Session session, SourceKeys keys) throws RocksDBException {
        try (RocksIterator entries = session.iterator(Family.MESSAGES)) {
            entries.seekForPrev(keys.index(-1));
            if (!entries.isValid()) {
                entries.status();
                return 0;
            }
            return new ByteSource(entries.key(), SourceKeys.PREFIX_LENGTH).number() + 1;
        } catch (CorruptRecordException e) {
            throw new FrameStoreException("Foreign key in the log of a source", e);
        }
    }
}
