package routes.component.framestore.rocksdb;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Locale;

import routes.component.framestore.api.FrameStoreException;
import routes.component.framestore.api.FrameStoreFullException;
import routes.component.framestore.api.FrameStoreOptions;

/** Refuses appends while the disk is nearly full, before RocksDB runs into its end. */
final class FreeSpace {

    private static final double MIB = 1 << 20;

    private final FrameStoreOptions options;

    FreeSpace(FrameStoreOptions options) {
        this.options = options;
    }

    /** @throws FrameStoreFullException there is too little */
    void require() {
        long free = bytes();
        if (free < options.minFreeSpace()) {
            throw new FrameStoreFullException(String.format(
                    Locale.ROOT,
                    "The frame store %s in %s takes nothing in: %.1f MiB are free on its disk, minFreeSpace is %.1f MiB."
                            + " Make room, or lower ttl or quotas; it goes on by itself",
                    options.name(),
                    options.directory(),
                    free / MIB,
                    options.minFreeSpace() / MIB));
        }
    }

    /** Says of a failed write that it found the disk full. */
    FrameStoreException explain(FrameStoreException failure) {
        String message = String.valueOf(failure.getMessage());
        boolean full = message.contains("No space left on device") || message.contains("no space");
        return full
                ? new FrameStoreFullException(
                        String.format(Locale.ROOT, "%s (%.1f MiB are free)", message, bytes() / MIB), failure)
                : failure;
    }

    long bytes() {
        try {
            return Files.getFileStore(options.directory()).getUsableSpace();
        } catch (IOException e) {
            throw new FrameStoreException(
                    "Cannot see the free space of frame store " + options.name() + " in " + options.directory(), e);
        }
    }
}
