package routes.component.framestore.rocksdb;

import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import routes.component.framestore.Recording;
import routes.component.framestore.api.EntryKind;
import routes.component.framestore.api.FrameStoreOptions;
import routes.component.framestore.api.KeyframeQuery;
import routes.component.framestore.api.SourceLimits;
import routes.component.framestore.rocksdb.record.ByteSink;
import routes.component.framestore.rocksdb.record.EntryRecordTest;
import routes.component.framestore.rocksdb.record.SourceKeys;

import static org.assertj.core.api.Assertions.assertThat;

/** Records that RocksDB keeps faithfully, but that are not ours. */
class DamageTest {

    @TempDir
    Path directory;

    private FrameStoreOptions options;
    private UUID keyframe;

    @BeforeEach
    void store() {
        options = Recording.options(directory);
        try (Recording recording = new Recording(options)) {
            keyframe = recording.keyframe("cam");
            recording.frame("cam");
            recording.frame("cam");
        }
    }

    @Test
    @DisplayName("damaged entries are stepped over and counted, each once, and stay where they are")
    void entries() {
        byte[] otherVersion = EntryRecordTest.write(Recording.entry("cam", EntryKind.FRAME, "frame"), Instant.EPOCH);
        otherVersion[0] = 9;
        put(Family.MESSAGES, new SourceKeys("cam").index(0), Recording.bytes("garbage"));
        put(Family.MESSAGES, new SourceKeys("cam").index(1), otherVersion);

        try (Recording recording = new Recording(options)) {
            assertThat(recording.indices("cam")).containsExactly(2L);
            assertThat(recording.store().entry("cam", 1)).isEmpty();
            assertThat(recording.store().condition().damaged()).isEqualTo(2);

            recording.restart();
            assertThat(recording.indices("cam")).containsExactly(2L);
            assertThat(recording.store().condition().damaged()).isEqualTo(2);
        }
        otherVersion[0] = 1;
        put(Family.MESSAGES, new SourceKeys("cam").index(1), otherVersion);
        try (Recording recording = new Recording(options)) {
            assertThat(recording.indices("cam"))
                    .as("of a version that is known")
                    .containsExactly(1L, 2L);
        }
    }

    @Test
    @DisplayName("a damaged counter does not lead to an index given twice")
    void counter() {
        put(Family.SOURCES, new SourceKeys("cam").prefix(), new byte[] {1, 2, 3});

        try (Recording recording = new Recording(options)) {
            assertThat(recording.frame("cam")).isEqualTo(3);
            assertThat(recording.indices("cam")).containsExactly(0L, 1L, 2L, 3L);
        }
    }

    @Test
    @DisplayName("damaged and foreign rows of the indexes are no obstacle")
    void indexes() {
        SourceKeys keys = new SourceKeys("cam");
        byte[] foreign = new ByteSink(20).raw(keys.prefix()).fixed(0xff, 1).toBytes();
        put(Family.KEYFRAMES, keys.keyframe(keyframe), new byte[] {1, 0, 0, 0, 0});
        for (Family family : List.of(Family.KEYFRAMES, Family.TIMES, Family.BLOCKS, Family.ARRIVALS, Family.MESSAGES)) {
            put(family, foreign, new byte[] {42});
        }
        put(Family.HOLDS, foreign, new byte[0]);

        try (Recording recording = new Recording(options)) {
            recording.store().limit("cam", new SourceLimits(Duration.ofNanos(1_000_000), 1));
            recording.clock().advance(Duration.ofSeconds(1));
            recording.keyframe("cam");
            assertThat(recording.find(new KeyframeQuery("cam", null, null, 9))).hasSize(1);
            recording.store().keyframeCreatedFrom("cam", BigInteger.valueOf(Long.MAX_VALUE));
            recording.store().sweep();
            assertThat(recording.indices("cam")).containsExactly(3L);
            assertThat(recording.store().condition().damaged()).isEqualTo(7);
        }
    }

    @Test
    @DisplayName("a store that another release gave more column families is opened, and they are left as they are")
    void foreignFamilies() throws RocksDBException {
        byte[] foreign = Recording.bytes("quarantine_db");
        List<ColumnFamilyHandle> handles = new ArrayList<>();
        try (Options any = new Options();
                DBOptions database = new DBOptions()) {
            List<ColumnFamilyDescriptor> families = RocksDB.listColumnFamilies(any, directory.toString()).stream()
                    .map(ColumnFamilyDescriptor::new)
                    .toList();
            try (RocksDB db = RocksDB.open(database, directory.toString(), families, handles)) {
                db.createColumnFamily(new ColumnFamilyDescriptor(foreign)).close();
                handles.forEach(ColumnFamilyHandle::close);
            }
            try (Recording recording = new Recording(options)) {
                assertThat(recording.indices("cam")).containsExactly(0L, 1L, 2L);
            }
            assertThat(RocksDB.listColumnFamilies(any, directory.toString())).contains(foreign);
        }
    }

    private void put(Family family, byte[] key, byte[] value) {
        try (Database database = new Database(options)) {
            database.use(session -> {
                try (WriteBatch batch = new WriteBatch()) {
                    batch.put(session.handle(family), key, value);
                    session.write(batch);
                }
                return key;
            });
        }
    }
}
