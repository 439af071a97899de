package routes.component.framestore;

import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import routes.component.framestore.api.Compaction;
import routes.component.framestore.api.Durability;
import routes.component.framestore.api.EntryInfo;
import routes.component.framestore.api.EntryKind;
import routes.component.framestore.api.FrameReader;
import routes.component.framestore.api.FrameStore;
import routes.component.framestore.api.FrameStoreListener;
import routes.component.framestore.api.FrameStoreOptions;
import routes.component.framestore.api.Keyframe;
import routes.component.framestore.api.KeyframeQuery;
import routes.component.framestore.api.NewEntry;
import routes.component.framestore.api.StoredEntry;
import routes.component.framestore.api.VideoInfo;
import routes.component.framestore.rocksdb.RocksFrameStore;
import routes.component.framestore.rocksdb.record.Nanos;
import routes.platform.MutableClock;

import static java.nio.charset.StandardCharsets.UTF_8;

/** A store in a folder of a test, and messages to put into it. */
public final class Recording implements AutoCloseable {

    static final VideoInfo H264 = new VideoInfo("h264", 1280, 720, 1, 90_000, -3, null);

    private final FrameStoreOptions options;
    private final MutableClock clock;
    private FrameStore store;

    public Recording(Path directory) {
        this(options(directory));
    }

    public Recording(FrameStoreOptions options) {
        this.options = options;
        this.clock = new MutableClock("2026-01-01T00:00:00Z");
        this.store = open(options, clock);
    }

    /** Keeps everything, is forced to the disk, and takes in all that fits on it. */
    public static FrameStoreOptions options(Path directory) {
        return options(directory, Duration.ZERO, Durability.fsync, Compaction.universal, 0);
    }

    public static FrameStoreOptions options(
            Path directory, Duration ttl, Durability durability, Compaction compaction, long minFreeSpace) {
        return new FrameStoreOptions(
                "test", directory, ttl, durability, 1 << 30, compaction, 0, 1000, minFreeSpace, 64 << 20);
    }

    static FrameStore open(FrameStoreOptions options, Clock clock) {
        return new RocksFrameStore(options, clock, work -> new Thread(work, "writer"), new FrameStoreListener() {});
    }

    public FrameStore store() {
        return store;
    }

    public MutableClock clock() {
        return clock;
    }

    public void restart() {
        store.close();
        store = open(options, clock);
    }

    public long append(NewEntry entry) {
        return append(List.of(entry)).get(0);
    }

    public List<Long> append(List<NewEntry> entries) {
        try {
            return store.append(entries).get(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Appends a keyframe made now, with a UUID of version 7 of now. */
    public UUID keyframe(String sourceId) {
        NewEntry entry = keyframe(sourceId, clock.instant());
        append(entry);
        return Optional.ofNullable(entry.info().uuid()).orElseThrow();
    }

    public long frame(String sourceId) {
        return append(entry(sourceId, EntryKind.FRAME, "frame"));
    }

    public static NewEntry keyframe(String sourceId, Instant time) {
        return keyframe(sourceId, time, uuid(time, 1L));
    }

    public static NewEntry keyframe(String sourceId, Instant time, UUID uuid) {
        EntryInfo info = new EntryInfo(sourceId, EntryKind.KEYFRAME, uuid, BigInteger.valueOf(Nanos.of(time)), H264);
        return new NewEntry(info, bytes("topic"), List.of(bytes("keyframe")));
    }

    public static NewEntry entry(String sourceId, EntryKind kind, String... parts) {
        List<byte[]> bytes = new ArrayList<>();
        for (String part : parts) {
            bytes.add(bytes(part));
        }
        return new NewEntry(EntryInfo.of(sourceId, kind), bytes("topic"), bytes);
    }

    public static UUID uuid(Instant time, long low) {
        return new UUID(time.toEpochMilli() << 16 | 0x7000, 0x8000000000000000L | low);
    }

    public List<Keyframe> find(KeyframeQuery query) {
        return store.keyframes(query.sourceId(), query.lower(), query.upper(clock.instant()), query.limit());
    }

    /** Indices of what a reader finds now. */
    public List<Long> indices(String sourceId) {
        List<Long> found = new ArrayList<>();
        try (FrameReader reader = store.read(sourceId, 0, 1 << 20)) {
            Optional<StoredEntry> entry = reader.poll();
            while (entry.isPresent()) {
                found.add(entry.get().index());
                entry = reader.poll();
            }
        }
        return found;
    }

    public static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    @Override
    public void close() {
        store.close();
    }
}
