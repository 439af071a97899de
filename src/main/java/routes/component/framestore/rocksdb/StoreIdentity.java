package routes.component.framestore.rocksdb;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

import routes.component.framestore.api.FrameStoreException;
import routes.component.framestore.api.FrameStoreOptions;

/**
 * A name for a store that stays with its data wherever it is moved. It is made when the store is first opened, which only
 * one process can do at a time.
 */
final class StoreIdentity {

    private static final String FILE = "caravan-id";

    private StoreIdentity() {}

    static UUID of(FrameStoreOptions options) {
        Path file = options.directory().resolve(FILE);
        try {
            return Files.exists(file) ? UUID.fromString(Files.readString(file).strip()) : create(file);
        } catch (IOException | IllegalArgumentException e) {
            throw new FrameStoreException(
                    "The identity of the frame store " + options.name() + " cannot be read or made: " + file
                            + "; if the file is damaged, remove it: " + e.getMessage(),
                    e);
        }
    }

    private static UUID create(Path file) throws IOException {
        UUID made = UUID.randomUUID();
        Path unfinished = file.resolveSibling(FILE + ".new");
        Files.writeString(unfinished, made.toString());
        try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        return made;
    }
}
