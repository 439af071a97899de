package routes.component.framestore.rocksdb;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.component.framestore.api.EntryInfo;
import routes.component.framestore.api.EntryKind;
import routes.component.framestore.api.FrameStoreException;
import routes.component.framestore.api.FrameStoreListener;
import routes.component.framestore.api.NewEntry;
import routes.component.framestore.rocksdb.CommitQueue.Append;
import routes.component.framestore.rocksdb.record.Block;
import routes.component.framestore.rocksdb.record.EntryRecord;
import routes.component.framestore.rocksdb.record.KeyframeRecord;
import routes.component.framestore.rocksdb.record.Nanos;
import routes.component.framestore.rocksdb.record.RecordBuffer;
import routes.component.framestore.rocksdb.record.SealedRecord;
import routes.component.framestore.rocksdb.record.SourceKeys;

/** Writes appends as one batch, and tells readers and callers when it is done. Used by the writer's thread only. */
final class Committer {

    private static final Logger LOG = LoggerFactory.getLogger(Committer.class);

    /** Of an entry in a batch: its key, the header of its record, its place in the indices. */
    private static final long OVERHEAD = 512;

    private final Database database;
    private final Sources sources;
    private final BlockRemover remover;
    private final FreeSpace space;
    private final FrameStoreListener listener;
    private final Clock clock;
    private final RecordBuffer buffer = new RecordBuffer();
    private volatile @Nullable String trouble;

    Committer(
            Database database,
            Sources sources,
            BlockRemover remover,
            FreeSpace space,
            FrameStoreListener listener,
            Clock clock) {
        this.database = database;
        this.sources = sources;
        this.remover = remover;
        this.space = space;
        this.listener = listener;
        this.clock = clock;
    }

    /** Stores all of them and completes them, or none and throws. */
    void commit(List<Append> appends) {
        Map<String, SourceState> drafts = new HashMap<>();
        List<List<Long>> indices = new ArrayList<>();
        try {
            space.require();
            recover();
            database.use(session -> {
                write(session, appends, drafts, indices);
                return appends;
            });
        } catch (FrameStoreException e) {
            throw e.getCause() instanceof RocksDBException ? inTrouble(e) : e;
        }
        drafts.forEach((sourceId, state) -> sources.get(sourceId).publish(state));
        listener.onAppended(
                appends.stream().mapToLong(append -> append.entries().size()).sum(),
                appends.stream().mapToLong(Append::bytes).sum());
        for (int i = 0; i < appends.size(); i++) {
            appends.get(i).done().complete(indices.get(i));
        }
        drafts.keySet().forEach(this::keepQuota);
    }

    /** Why the last append failed, until one succeeds. */
    Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    private void write(
            Database.Session session, List<Append> appends, Map<String, SourceState> drafts, List<List<Long>> indices)
            throws RocksDBException {
        Instant now = clock.instant();
        try (WriteBatch batch = new WriteBatch(reservation(appends))) {
            for (Append append : appends) {
                List<Long> given = new ArrayList<>(append.entries().size());
                for (NewEntry entry : append.entries()) {
                    String sourceId = entry.info().sourceId();
                    SourceLog log = sources.get(sourceId);
                    SourceState before = drafts.getOrDefault(sourceId, log.state());
                    drafts.put(sourceId, put(session, batch, log.keys(), before, entry, now));
                    given.add(before.next());
                }
                indices.add(given);
            }
            for (SourceState state : drafts.values()) {
                byte[] key = sources.get(state.sourceId()).keys().prefix();
                batch.put(session.handle(Family.SOURCES), key, state.toBytes());
            }
            session.write(batch);
        }
    }

    /** A batch that has to grow copies what is in it. */
    private static int reservation(List<Append> appends) {
        long bytes = 0;
        for (Append append : appends) {
            bytes += append.bytes() + append.entries().size() * OVERHEAD;
        }
        return (int) Math.min(bytes, Integer.MAX_VALUE);
    }

    private SourceState put(
            Database.Session session,
            WriteBatch batch,
            SourceKeys keys,
            SourceState before,
            NewEntry entry,
            Instant now)
            throws RocksDBException {
        EntryInfo info = entry.info();
        long index = before.next();
        ByteBuffer record = EntryRecord.write(entry, now, buffer.value());
        buffer.put(batch, session.handle(Family.MESSAGES), keys.index(index), record);
        if (info.kind() == EntryKind.KEYFRAME && info.uuid() != null && info.createdNs() != null) {
            byte[] place = KeyframeRecord.toBytes(index, info.createdNs(), now);
            batch.put(session.handle(Family.KEYFRAMES), keys.keyframe(info.uuid()), place);
            byte[] uuid = SealedRecord.seal(SealedRecord.begin(20).number(info.uuid()));
            batch.put(session.handle(Family.TIMES), keys.created(info.createdNs(), index), uuid);
        }
        SourceState after = before.with(entry, now);
        Block open = before.open();
        if (open != null && after.open() != null && open.first() != after.open().first()) {
            finish(session, batch, keys, open);
        }
        return after;
    }

    private static void finish(Database.Session session, WriteBatch batch, SourceKeys keys, Block block)
            throws RocksDBException {
        batch.put(session.handle(Family.BLOCKS), keys.index(block.first()), block.toBytes());
        byte[] arrival = keys.arrival(Nanos.of(block.lastArrival()), block.first());
        batch.put(session.handle(Family.ARRIVALS), arrival, new byte[0]);
    }

    /**
     * After a failed write RocksDB refuses all others, and may or may not have kept the failed one. Opening it
     * again settles both.
     */
    private void recover() {
        if (trouble != null) {
            database.reopen();
            sources.load();
            trouble = null;
        }
    }

    private FrameStoreException inTrouble(FrameStoreException cause) {
        FrameStoreException failure = space.explain(cause);
        trouble = String.valueOf(failure.getMessage());
        return failure;
    }

    /** The entries are stored: whatever prevents the removal of old ones must not look like a failed append. */
    private void keepQuota(String sourceId) {
        try {
            remover.removeOverQuota(sources.get(sourceId));
        } catch (RuntimeException e) {
            LOG.warn("Old blocks of {} could not be removed; tried again with the next append", sourceId, e);
        }
    }
}
