package routes.replay;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;
import org.springframework.util.FileSystemUtils;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/** The libraries alone, doing only what cannot be left out. Times in seconds. */
final class RawLimits {

    private static final int BATCH = 800;

    private final Path folder;

    RawLimits(Path folder) {
        this.folder = folder;
    }

    /** Frames from a dealer in this thread to a router in another, over TCP. */
    double moving(SavantSource source, int frames) {
        try (ZContext zmq = new ZContext();
                ZMQ.Socket router = zmq.createSocket(SocketType.ROUTER);
                ZMQ.Socket dealer = zmq.createSocket(SocketType.DEALER)) {
            int port = router.bindToRandomPort("tcp://127.0.0.1");
            dealer.connect("tcp://127.0.0.1:" + port);
            long start = System.nanoTime();
            CompletableFuture<Void> received = CompletableFuture.runAsync(() -> {
                for (int frame = 0; frame < frames; frame++) {
                    do {
                        router.recv();
                    } while (router.hasReceiveMore());
                }
            });
            for (int frame = 0; frame < frames; frame++) {
                SavantSource.send(dealer, source.frame(frame));
            }
            received.join();
            return (System.nanoTime() - start) / 1e9;
        }
    }

    /** Frames into RocksDB, 16 MB a batch, each batch synced, values in files of their own. */
    double writing(SavantSource source, int frames) throws RocksDBException, IOException {
        Path directory = Files.createTempDirectory(folder, "rocksdb");
        try (Options options = new Options().setCreateIfMissing(true).setEnableBlobFiles(true);
                RocksDB db = RocksDB.open(options, directory.toString());
                WriteOptions synced = new WriteOptions().setSync(true)) {
            long start = System.nanoTime();
            for (int first = 0; first < frames; first += BATCH) {
                try (WriteBatch batch = new WriteBatch()) {
                    for (int frame = first; frame < Math.min(frames, first + BATCH); frame++) {
                        batch.put(ByteBuffer.allocate(8).putLong(frame).array(), joined(source.frame(frame)));
                    }
                    db.write(synced, batch);
                }
            }
            return (System.nanoTime() - start) / 1e9;
        } finally {
            FileSystemUtils.deleteRecursively(directory);
        }
    }

    private static byte[] joined(List<byte[]> parts) {
        ByteBuffer value =
                ByteBuffer.allocate(parts.stream().mapToInt(part -> part.length).sum());
        parts.forEach(value::put);
        return value.array();
    }
}
