package routes.component.framestore;

import java.nio.file.Path;
import java.time.Duration;

import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.apache.camel.spi.UriPath;
import routes.component.framestore.api.Compaction;
import routes.component.framestore.api.Durability;
import routes.component.framestore.api.FrameStoreOptions;

/** The options of the component; an endpoint begins with the component's and replaces those in its URI. */
@UriParams
public class FrameStoreConfiguration implements Cloneable {

    @UriPath
    @Metadata(required = true)
    private String name = "";

    @UriParam(label = "common", defaultValue = "data/frame-store")
    private String directory = "data/frame-store";

    @UriParam(label = "common", defaultValue = "0", javaType = "java.time.Duration")
    private long ttl = 0;

    @UriParam(label = "common", defaultValue = "fsync")
    private Durability durability = Durability.fsync;

    @UriParam(label = "common", defaultValue = "268435456")
    private long minFreeSpace = 256L << 20;

    @UriParam(label = "advanced", defaultValue = "60000", javaType = "java.time.Duration")
    private long sweepInterval = 60000;

    @UriParam(label = "advanced", defaultValue = "67108864")
    private long maxPendingBytes = 64L << 20;

    @UriParam(label = "advanced", defaultValue = "1073741824")
    private long maxTotalWalSize = 1L << 30;

    @UriParam(label = "advanced", defaultValue = "universal")
    private Compaction compaction = Compaction.universal;

    @UriParam(label = "advanced", defaultValue = "0")
    private long maxLogFileSize = 0;

    @UriParam(label = "advanced", defaultValue = "1000")
    private long keepLogFileNum = 1000;

    @UriParam(label = "producer", defaultValue = "fail")
    private WhenFull whenFull = WhenFull.fail;

    /** Returns an independent copy. */
    public FrameStoreConfiguration copy() {
        try {
            return (FrameStoreConfiguration) super.clone();
        } catch (CloneNotSupportedException e) {
            throw new RuntimeCamelException(e);
        }
    }

    FrameStoreOptions storeOptions() {
        return new FrameStoreOptions(
                name,
                Path.of(directory, name),
                Duration.ofMillis(ttl),
                durability,
                maxTotalWalSize,
                compaction,
                maxLogFileSize,
                keepLogFileNum,
                minFreeSpace,
                maxPendingBytes);
    }

    public String getName() {
        return name;
    }

    /** Name of the store. Endpoints of one Camel context with the same name share it. */
    public void setName(String name) {
        this.name = name;
    }

    public String getDirectory() {
        return directory;
    }

    /**
     * Folder in which each store has a folder of its name. Made when absent; the start fails when it cannot be written to,
     * or another process has the store open.
     */
    public void setDirectory(String directory) {
        this.directory = directory;
    }

    public long getTtl() {
        return ttl;
    }

    /** Age at which entries are no longer served, counted from their arrival. 0 means never. */
    public void setTtl(long ttl) {
        this.ttl = ttl;
    }

    public Durability getDurability() {
        return durability;
    }

    /** What an answered append has survived: fsync a power cut, wal a crash of the process, memory neither. */
    public void setDurability(Durability durability) {
        this.durability = durability;
    }

    public long getMinFreeSpace() {
        return minFreeSpace;
    }

    /**
     * Bytes free on the disk below which appends fail, with the store and the free space in the error. Reading goes on, and
     * so do appends when there is room.
     */
    public void setMinFreeSpace(long minFreeSpace) {
        this.minFreeSpace = minFreeSpace;
    }

    public long getSweepInterval() {
        return sweepInterval;
    }

    /** How often expired entries are removed from the disk. */
    public void setSweepInterval(long sweepInterval) {
        this.sweepInterval = sweepInterval;
    }

    public long getMaxPendingBytes() {
        return maxPendingBytes;
    }

    /** Bytes of entries that may wait for the disk, before appending waits. */
    public void setMaxPendingBytes(long maxPendingBytes) {
        this.maxPendingBytes = maxPendingBytes;
    }

    public long getMaxTotalWalSize() {
        return maxTotalWalSize;
    }

    /** Bytes of write-ahead logs at which RocksDB flushes its memory, so that they can go. */
    public void setMaxTotalWalSize(long maxTotalWalSize) {
        this.maxTotalWalSize = maxTotalWalSize;
    }

    public Compaction getCompaction() {
        return compaction;
    }

    /** How RocksDB merges its files. */
    public void setCompaction(Compaction compaction) {
        this.compaction = compaction;
    }

    public long getMaxLogFileSize() {
        return maxLogFileSize;
    }

    /** Bytes at which RocksDB begins another informational log. 0 means one file without bound. */
    public void setMaxLogFileSize(long maxLogFileSize) {
        this.maxLogFileSize = maxLogFileSize;
    }

    public long getKeepLogFileNum() {
        return keepLogFileNum;
    }

    /** Informational logs RocksDB keeps. */
    public void setKeepLogFileNum(long keepLogFileNum) {
        this.keepLogFileNum = keepLogFileNum;
    }

    public WhenFull getWhenFull() {
        return whenFull;
    }

    /**
     * What an append does while the store takes nothing in, because its disk is full or memory has run out, say: fail fails
     * its exchange; wait tries again every second, in order, until the entries are stored.
     */
    public void setWhenFull(WhenFull whenFull) {
        this.whenFull = whenFull;
    }
}
