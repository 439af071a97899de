package routes.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import org.springframework.util.unit.DataSize;
import routes.platform.FolderRights;

/** {@code caravan.data-dir}, locked for this process until it is closed or the process ends, in whatever way. */
final class DataDirectory implements AutoCloseable {

    /** The first start allocates the journals, which would fail half-way with less than this. */
    static final DataSize LEAST_SPACE = DataSize.ofMegabytes(100);

    private static final String KEY = "caravan.data-dir";

    private final Path path;
    private final FileChannel lockFile;

    private DataDirectory(Path path, FileChannel lockFile) {
        this.path = path;
        this.lockFile = lockFile;
    }

    /**
     * Creates the folder if it does not exist, and locks it.
     *
     * @throws LocalServiceException if it cannot be written, has no space left or belongs to another Caravan
     */
    static DataDirectory open(Path folder) {
        Path path = folder.toAbsolutePath().normalize();
        try {
            FolderRights.PASSABLE.make(path);
            requireSpace(path, Files.getFileStore(path).getUsableSpace());
            return lock(path);
        } catch (IOException e) {
            throw new LocalServiceException(
                    "The data folder %s cannot be written: %s.".formatted(path, e),
                    "Give this user write access to it, or set %s to another folder.".formatted(KEY),
                    e);
        }
    }

    static void requireSpace(Path path, long usableBytes) {
        if (usableBytes < LEAST_SPACE.toBytes()) {
            throw new LocalServiceException(
                    "The disk of the data folder %s is full: %d MiB are left, but the local services need %d MiB to start."
                            .formatted(path, usableBytes >> 20, LEAST_SPACE.toMegabytes()),
                    "Free some space, or set %s to a folder on another disk.".formatted(KEY));
        }
    }

    private static DataDirectory lock(Path path) throws IOException {
        Path file = path.resolve("caravan.lock");
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        if (!tryLock(channel)) {
            channel.close();
            throw new LocalServiceException(
                    "The data folder %s is in use by another Caravan (process %s)."
                            .formatted(path, Files.readString(file).strip()),
                    "Stop the other one, or give this one a folder (%s) and ports of its own.".formatted(KEY));
        }
        byte[] pid = (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII);
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(pid), 0);
        return new DataDirectory(path, channel);
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException heldInThisProcess) {
            return false;
        }
    }

    Path path() {
        return path;
    }

    Path folderOf(LocalService service) {
        return path.resolve(service.id());
    }

    @Override
    public void close() throws IOException {
        lockFile.close();
    }
}
