package routes.component.framestore.api;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How to keep a store.
 *
 * @param name for messages and meters
 * @param directory made when absent
 * @param ttl age at which entries are no longer served; zero means never
 * @param maxTotalWalSize bytes of write-ahead logs at which memory is flushed, so that they can go
 * @param maxLogFileSize bytes at which RocksDB begins another informational log; 0 means one file
 * @param keepLogFileNum informational logs to keep
 * @param minFreeSpace bytes on the disk below which nothing is appended, so that room is left to remove and compact
 * @param maxPendingBytes bytes of entries that may wait for the disk; further appends wait
 */
public record FrameStoreOptions(
        String name,
        Path directory,
        Duration ttl,
        Durability durability,
        long maxTotalWalSize,
        Compaction compaction,
        long maxLogFileSize,
        long keepLogFileNum,
        long minFreeSpace,
        long maxPendingBytes) {

    public FrameStoreOptions {
        if (ttl.isNegative()) {
            throw new IllegalArgumentException("ttl must not be negative; 0 keeps everything");
        }
        if (maxTotalWalSize < 0 || maxLogFileSize < 0 || minFreeSpace < 0) {
            throw new IllegalArgumentException("maxTotalWalSize, maxLogFileSize and minFreeSpace of frame store " + name
                    + " must not be negative");
        }
        if (keepLogFileNum < 1 || maxPendingBytes < 1) {
            throw new IllegalArgumentException(
                    "keepLogFileNum and maxPendingBytes of frame store " + name + " must be at least 1");
        }
    }
}
