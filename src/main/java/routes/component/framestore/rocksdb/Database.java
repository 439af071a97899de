package routes.component.framestore.rocksdb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;
import routes.component.framestore.api.FrameStoreException;
import routes.component.framestore.api.FrameStoreOptions;
import routes.component.framestore.rocksdb.record.RecordBuffers;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Owns RocksDB and all that is native. A native object that is used after it was closed crashes the process, so
 * every use happens inside {@link #use}, and closing waits until the last one has ended.
 */
final class Database implements AutoCloseable {

    private final FrameStoreOptions options;
    private final ReadWriteLock life = new ReentrantReadWriteLock();
    private @Nullable Session session;

    Database(FrameStoreOptions options) {
        this.options = options;
        RocksDB.loadLibrary();
        this.session = open();
    }

    /** A use of the open database, from which nothing native may escape. */
    @FunctionalInterface
    interface Use<T> {
        T with(Session session) throws RocksDBException;
    }

    /** @throws FrameStoreException RocksDB failed, or the store is closed */
    <T> T use(Use<T> use) {
        life.readLock().lock();
        try {
            Session current = session;
            if (current == null) {
                throw new FrameStoreException("The frame store " + options.name() + " is closed");
            }
            return use.with(current);
        } catch (RocksDBException e) {
            throw new FrameStoreException(
                    "The frame store " + options.name() + " in " + options.directory() + " failed: " + e.getMessage(),
                    e);
        } finally {
            life.readLock().unlock();
        }
    }

    /** @param value null deletes */
    void change(Family family, byte[] key, byte @Nullable [] value) {
        use(session -> {
            try (WriteBatch batch = new WriteBatch()) {
                if (value == null) {
                    batch.delete(session.handle(family), key);
                } else {
                    batch.put(session.handle(family), key, value);
                }
                session.write(batch);
            }
            return key;
        });
    }

    /** Closes the database and opens it again, which clears an error that RocksDB would otherwise keep. */
    void reopen() {
        life.writeLock().lock();
        try {
            close();
            session = open();
        } finally {
            life.writeLock().unlock();
        }
    }

    @Override
    public void close() {
        life.writeLock().lock();
        try {
            if (session != null) {
                session.close();
                session = null;
            }
        } finally {
            life.writeLock().unlock();
        }
    }

    private Session open() {
        try {
            makePrivate(options.directory());
            return new Session(options);
        } catch (IOException | RocksDBException e) {
            throw new FrameStoreException(
                    "Cannot open the frame store " + options.name() + " in " + options.directory() + ": "
                            + e.getMessage(),
                    e);
        }
    }

    /** Recordings are private: other users can read neither the folder of all stores nor that of this one. */
    private static void makePrivate(Path folder) throws IOException {
        if (!folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createDirectories(folder);
            return;
        }
        Set<PosixFilePermission> ours = PosixFilePermissions.fromString("rwx------");
        Path all = folder.toAbsolutePath().getParent();
        if (Files.notExists(all)) {
            Files.createDirectories(all.getParent());
            Files.createDirectory(all, PosixFilePermissions.asFileAttribute(ours));
        }
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, ours);
    }

    /** The database from opening to closing. */
    static final class Session {

        private final NativeOptions natives;
        private final RocksDB db;
        private final Map<Family, ColumnFamilyHandle> handles = new EnumMap<>(Family.class);
        private final List<ColumnFamilyHandle> allHandles = new ArrayList<>();
        private final WriteOptions writes;
        private final ReadOptions reads;
        private final ReadOptions scans;
        private final RecordBuffers buffers = new RecordBuffers();

        private Session(FrameStoreOptions options) throws RocksDBException {
            natives = new NativeOptions(options);
            try {
                writes = natives.writes();
                reads = natives.reads();
                scans = natives.scans();
                List<ColumnFamilyDescriptor> families = new ArrayList<>();
                // RocksDB insists on a family of this name; ours say what they hold
                families.add(new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY));
                for (Family family : Family.values()) {
                    families.add(new ColumnFamilyDescriptor(family.title().getBytes(UTF_8), natives.family(family)));
                }
                families.addAll(unknown(options, families));
                db = RocksDB.open(natives.database(), options.directory().toString(), families, allHandles);
                for (Family family : Family.values()) {
                    handles.put(family, allHandles.get(family.ordinal() + 1));
                }
            } catch (RocksDBException | RuntimeException e) {
                natives.close();
                throw e;
            }
        }

        /** Of another release of Caravan, and left as they are: RocksDB opens all families of a database, or none. */
        private static List<ColumnFamilyDescriptor> unknown(
                FrameStoreOptions options, List<ColumnFamilyDescriptor> known) throws RocksDBException {
            if (!Files.exists(options.directory().resolve("CURRENT"))) {
                return List.of();
            }
            try (Options any = new Options()) {
                return RocksDB.listColumnFamilies(any, options.directory().toString()).stream()
                        .map(ColumnFamilyDescriptor::new)
                        .filter(family -> !known.contains(family))
                        .toList();
            }
        }

        ColumnFamilyHandle handle(Family family) {
            ColumnFamilyHandle handle = handles.get(family);
            if (handle == null) {
                throw new IllegalStateException("No column family " + family);
            }
            return handle;
        }

        Optional<byte[]> get(Family family, byte[] key) throws RocksDBException {
            return Optional.ofNullable(db.get(handle(family), key));
        }

        /** Stays inside the source it is first positioned in. To be closed. */
        RocksIterator iterator(Family family) {
            return db.newIterator(handle(family), reads);
        }

        /** Goes over all sources. To be closed. */
        RocksIterator scan(Family family) {
            return db.newIterator(handle(family), scans);
        }

        /** To read into. */
        RecordBuffers buffers() {
            return buffers;
        }

        void write(WriteBatch batch) throws RocksDBException {
            db.write(writes, batch);
        }

        RocksDB db() {
            return db;
        }

        private void close() {
            allHandles.forEach(ColumnFamilyHandle::close);
            db.close();
            natives.close();
        }
    }
}
