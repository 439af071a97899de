package routes.component.framestore.rocksdb;

import java.util.ArrayDeque;
import java.util.Deque;

import org.rocksdb.AbstractNativeReference;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompactionStyle;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.LRUCache;
import org.rocksdb.ReadOptions;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.WriteOptions;
import routes.component.framestore.api.Compaction;
import routes.component.framestore.api.Durability;
import routes.component.framestore.api.FrameStoreOptions;
import routes.component.framestore.rocksdb.record.SourceKeys;

/** The options of RocksDB: native objects that are closed together, the last one first. */
final class NativeOptions implements AutoCloseable {

    private static final long MIB = 1 << 20;
    private static final long CACHE = 64 * MIB;
    private static final long MEMORY_TABLES = 256 * MIB;
    private static final long MESSAGE_TABLE = 64 * MIB;
    private static final long INDEX_TABLE = 8 * MIB;
    private static final int MOST_TABLES = 16;
    private static final int FILTER_BITS = 10;

    private final Deque<AbstractNativeReference> made = new ArrayDeque<>();
    private final FrameStoreOptions options;
    private final Cache cache = own(new LRUCache(CACHE));

    NativeOptions(FrameStoreOptions options) {
        this.options = options;
    }

    DBOptions database() {
        return own(new DBOptions())
                .setCreateIfMissing(true)
                .setCreateMissingColumnFamilies(true)
                .setMaxTotalWalSize(options.maxTotalWalSize())
                .setMaxLogFileSize(options.maxLogFileSize())
                .setKeepLogFileNum(options.keepLogFileNum())
                .setDbWriteBufferSize(MEMORY_TABLES)
                .setBytesPerSync(MIB)
                // A log cut off by a crash is read up to the cut: the store opens whatever happened
                .setWalRecoveryMode(WALRecoveryMode.PointInTimeRecovery)
                // Without a log, only this keeps the families in step with each other after a crash
                .setAtomicFlush(options.durability() == Durability.memory);
    }

    ColumnFamilyOptions family(Family family) {
        BlockBasedTableConfig tables = new BlockBasedTableConfig()
                .setBlockCache(cache)
                .setCacheIndexAndFilterBlocks(true)
                .setFilterPolicy(own(new BloomFilter(FILTER_BITS)));
        ColumnFamilyOptions columns = own(new ColumnFamilyOptions())
                .setTableFormatConfig(tables)
                .setCompactionStyle(
                        options.compaction() == Compaction.level ? CompactionStyle.LEVEL : CompactionStyle.UNIVERSAL)
                .setCompressionType(CompressionType.NO_COMPRESSION)
                .setWriteBufferSize(family == Family.MESSAGES ? MESSAGE_TABLE : INDEX_TABLE);
        if (family.isScanned()) {
            columns.useFixedLengthPrefixExtractor(SourceKeys.PREFIX_LENGTH);
            columns.setMaxWriteBufferNumber(MOST_TABLES);
        }
        return family == Family.MESSAGES ? withValuesAside(columns) : columns;
    }

    /**
     * Frames go to files of their own, which are written once, in the order of time, and vanish whole when all
     * their frames are forgotten; compaction moves only keys about.
     */
    private static ColumnFamilyOptions withValuesAside(ColumnFamilyOptions columns) {
        return columns.setEnableBlobFiles(true)
                .setMinBlobSize(1024)
                .setBlobFileSize(MESSAGE_TABLE)
                .setEnableBlobGarbageCollection(true);
    }

    WriteOptions writes() {
        return own(new WriteOptions())
                .setSync(options.durability() == Durability.fsync)
                .setDisableWAL(options.durability() == Durability.memory);
    }

    /** Reads inside one source. */
    ReadOptions reads() {
        return own(new ReadOptions()).setPrefixSameAsStart(true);
    }

    /** Reads from the first key to the last. */
    ReadOptions scans() {
        return own(new ReadOptions()).setTotalOrderSeek(true);
    }

    @Override
    public void close() {
        while (!made.isEmpty()) {
            made.pop().close();
        }
    }

    private <T extends AbstractNativeReference> T own(T reference) {
        made.push(reference);
        return reference;
    }
}
