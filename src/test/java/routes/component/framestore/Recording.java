package routes.component.framestore;

import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import routes.platform.MutableClock;

import static java.nio.charset.StandardCharsets.UTF_8;

/** A store in a folder of a test, and messages to put into it. */
final class Recording implements AutoCloseable {

    static final VideoInfo H264 = new VideoInfo("h264", 1280, 720, 1, 90_000, -3, null);

    private final FrameStoreOptions options;
    private final MutableClock clock;
    private FrameStore store;

    Recording(Path directory) {
        this(FrameStoreOptions.defaults("test", directory).withMinFreeSpace(0));
    }

    Recording(FrameStoreOptions options) {
        this.options = options;
        this.clock = new MutableClock("2026-01-01T00:00:00Z");
        this.store = open(options, clock);
    }

    static FrameStore open(FrameStoreOptions options, Clock clock) {
        return new RocksFrameStore(options, clock, work -> new Thread(work, "writer"), new FrameStoreListener() {});
    }

    FrameStore store() {
        return store;
    }

    MutableClock clock() {
        return clock;
    }

    void restart() {
        store.close();
        store = open(options, clock);
    }

    long append(NewEntry entry) {
        return append(List.of(entry)).get(0);
    }

    List<Long> append(List<NewEntry> entries) {
        try {
            return store.append(entries).get(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Appends a keyframe made now, with a UUID of version 7 of now. */
    UUID keyframe(String sourceId) {
        NewEntry entry = keyframe(sourceId, clock.instant());
        append(entry);
        return Optional.ofNullable(entry.info().uuid()).orElseThrow();
    }

    long frame(String sourceId) {
        return append(entry(sourceId, EntryKind.FRAME, "frame"));
    }

    static NewEntry keyframe(String sourceId, Instant time) {
        return keyframe(sourceId, time, uuid(time, 1L));
    }

    static NewEntry keyframe(String sourceId, Instant time, UUID uuid) {
        EntryInfo info = new EntryInfo(sourceId, EntryKind.KEYFRAME, uuid, BigInteger.valueOf(Nanos.of(time)), H264);
        return new NewEntry(info, bytes("topic"), List.of(bytes("keyframe")));
    }

    static NewEntry entry(String sourceId, EntryKind kind, String... parts) {
        List<byte[]> bytes = new ArrayList<>();
        for (String part : parts) {
            bytes.add(bytes(part));
        }
        return new NewEntry(EntryInfo.of(sourceId, kind), bytes("topic"), bytes);
    }

    static UUID uuid(Instant time, long low) {
        return new UUID(time.toEpochMilli() << 16 | 0x7000, 0x8000000000000000L | low);
    }

    /** Indices of what a reader finds now. */
    List<Long> indices(String sourceId) {
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

    static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    @Override
    public void close() {
        store.close();
    }
}
