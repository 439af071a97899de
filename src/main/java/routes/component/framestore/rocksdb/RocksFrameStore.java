package routes.component.framestore.rocksdb;

import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadFactory;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.component.framestore.api.FrameReader;
import routes.component.framestore.api.FrameStore;
import routes.component.framestore.api.FrameStoreException;
import routes.component.framestore.api.FrameStoreListener;
import routes.component.framestore.api.FrameStoreOptions;
import routes.component.framestore.api.Gap;
import routes.component.framestore.api.Hold;
import routes.component.framestore.api.Keyframe;
import routes.component.framestore.api.NewEntry;
import routes.component.framestore.api.Offset;
import routes.component.framestore.api.SourceLimits;
import routes.component.framestore.api.SourceSummary;
import routes.component.framestore.api.StoreCondition;
import routes.component.framestore.api.StoredEntry;
import routes.component.framestore.api.Watch;
import routes.component.framestore.rocksdb.record.Block;
import routes.component.framestore.rocksdb.record.CorruptRecordException;
import routes.component.framestore.rocksdb.record.EntryRecord;

/** The frame store on RocksDB, put together from its parts. */
public final class RocksFrameStore implements FrameStore {

    private static final Logger LOG = LoggerFactory.getLogger(RocksFrameStore.class);

    /** How often a store that takes nothing in is tried again. */
    private static final Duration RETRY_DELAY = Duration.ofSeconds(1);

    private final FrameStoreOptions options;
    private final Database database;
    private final Damage damage = new Damage();
    private final Sources sources;
    private final Holds holds;
    private final Retention retention;
    private final BlockList blocks;
    private final BlockRemover remover;
    private final KeyframeSearch search;
    private final Catalogue catalogue;
    private final FreeSpace space;
    private final CommitQueue queue;
    private final Committer committer;
    private final StoreWriter writer;
    private final Compactor compactor;
    private final UUID identity;

    /**
     * Opens a store, or makes it.
     *
     * @param threads makes the one thread of the store
     * @throws FrameStoreException it cannot be opened, for instance because another process has it open
     */
    public RocksFrameStore(FrameStoreOptions options, Clock clock, ThreadFactory threads, FrameStoreListener listener) {
        this.options = options;
        database = new Database(options);
        identity = identify(options, database);
        sources = new Sources(database, damage);
        holds = new Holds(database, damage, clock);
        retention = new Retention(options.ttl(), holds, clock);
        blocks = new BlockList(database, damage);
        remover = new BlockRemover(database, blocks, holds, retention, sources, listener);
        search = new KeyframeSearch(database, sources, retention, damage);
        catalogue = new Catalogue(sources, blocks, retention);
        space = new FreeSpace(options);
        queue = new CommitQueue(options.name(), options.maxPendingBytes());
        compactor = new Compactor(database);
        sources.load();
        committer = new Committer(database, sources, remover, space, listener, clock);
        writer = new StoreWriter(queue, committer::commit, listener, RETRY_DELAY, threads);
    }

    @Override
    public CompletableFuture<List<Long>> append(List<NewEntry> entries) throws InterruptedException {
        return writer.append(entries);
    }

    @Override
    public CompletableFuture<List<Long>> appendPatiently(List<NewEntry> entries) throws InterruptedException {
        return writer.appendPatiently(entries);
    }

    @Override
    public Optional<StoredEntry> entry(String sourceId, long index) {
        SourceLog log = sources.get(sourceId);
        byte[] key = log.keys().index(index);
        return database.use(session -> session.get(Family.MESSAGES, key))
                .flatMap(value -> readable(index, key, value))
                .filter(entry -> retention.isServed(log.state(), index, entry.arrival()));
    }

    @Override
    public FrameReader read(String sourceId, long fromIndex, long readAhead) {
        return new LogReader(database, sources.get(sourceId), retention, damage, fromIndex, readAhead);
    }

    @Override
    public Watch watch(String sourceId, Runnable stored) {
        return sources.get(sourceId).watch(stored);
    }

    @Override
    public UUID identity() {
        return identity;
    }

    @Override
    public List<Keyframe> keyframes(String sourceId, UUID from, UUID to, int limit) {
        return search.between(sourceId, from, to, limit);
    }

    @Override
    public Optional<Keyframe> keyframe(String sourceId, UUID uuid) {
        return search.get(sourceId, uuid);
    }

    @Override
    public Optional<Keyframe> startKeyframe(String sourceId, UUID anchor, Offset offset) {
        return search.start(sourceId, anchor, offset);
    }

    @Override
    public Optional<Keyframe> keyframeCreatedFrom(String sourceId, BigInteger createdNs) {
        return search.createdFrom(sourceId, createdNs);
    }

    @Override
    public OptionalLong arrivedFrom(String sourceId, Instant time) {
        SourceLog log = sources.get(sourceId);
        Optional<Block> block = blocks.arrivedFrom(log, time);
        if (block.isEmpty()) {
            block = Optional.ofNullable(log.state().open());
        }
        return block.map(found -> firstArrived(sourceId, found, time)).orElse(OptionalLong.empty());
    }

    @Override
    public List<SourceSummary> sources() {
        return catalogue.sources();
    }

    @Override
    public Optional<SourceSummary> source(String sourceId) {
        return catalogue.source(sourceId);
    }

    @Override
    public Optional<Instant> lastArrival(String sourceId) {
        return catalogue.lastArrival(sourceId);
    }

    @Override
    public List<Gap> gaps(String sourceId, Duration longerThan) {
        return catalogue.gaps(sourceId, longerThan);
    }

    @Override
    public void limit(String sourceId, SourceLimits limits) {
        change(() -> {
            SourceLog log = sources.get(sourceId);
            SourceState limited = log.state().with(limits);
            database.change(Family.SOURCES, log.keys().prefix(), limited.toBytes());
            log.publish(limited);
            return remover.removeOverQuota(log);
        });
    }

    @Override
    public Hold hold(String sourceId, long from, long to, String reason) {
        return change(() -> holds.add(sourceId, from, to, reason));
    }

    @Override
    public List<Hold> holds() {
        return holds.list();
    }

    @Override
    public boolean release(UUID hold) {
        return change(() -> {
            boolean released = holds.release(hold);
            remover.holdsChanged();
            return released;
        });
    }

    @Override
    public long delete(String sourceId, long from, long to) {
        long removed = change(() -> remover.removeRange(sourceId, from, to));
        compactor.removed(removed);
        return removed;
    }

    @Override
    public long sweep() {
        long removed = 0;
        for (SourceLog log : sources.all()) {
            removed += change(() -> remover.removeExpired(log.state().sourceId()));
        }
        compactor.removed(removed);
        compactor.compactIfWorthIt(totalBytes());
        return removed;
    }

    @Override
    public StoreCondition condition() {
        long entries = sources.all().stream()
                .mapToLong(log -> log.state().totals().entries())
                .sum();
        return new StoreCondition(
                trouble(), space.bytes(), queue.waitingBytes(), damage.count(), entries, totalBytes());
    }

    @Override
    public long expiredBytes() {
        return catalogue.expiredBytes();
    }

    @Override
    public void close() {
        try {
            writer.finish();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            LOG.warn("The frame store {} is closed before all was stored that was brought", options.name());
        }
        database.close();
    }

    private Optional<String> trouble() {
        try {
            space.require();
            return committer.trouble();
        } catch (FrameStoreException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private long totalBytes() {
        return sources.all().stream()
                .mapToLong(log -> log.state().totals().bytes())
                .sum();
    }

    private OptionalLong firstArrived(String sourceId, Block block, Instant time) {
        try (FrameReader reader = read(sourceId, block.first(), 1)) {
            Optional<StoredEntry> entry = reader.poll();
            while (entry.isPresent() && entry.get().arrival().isBefore(time)) {
                entry = reader.poll();
            }
            return entry.map(found -> OptionalLong.of(found.index())).orElse(OptionalLong.empty());
        }
    }

    private Optional<StoredEntry> readable(long index, byte[] key, byte[] value) {
        try {
            return Optional.of(EntryRecord.read(index, value));
        } catch (CorruptRecordException e) {
            damage.report(Family.MESSAGES, key, e);
            return Optional.empty();
        }
    }

    /** Runs a change on the writer's thread and waits for it; its exception is thrown here. */
    private <T> T change(Callable<T> change) {
        try {
            return writer.change(change).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    private static UUID identify(FrameStoreOptions options, Database database) {
        try {
            return StoreIdentity.of(options);
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }
}
