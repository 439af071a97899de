package routes.imaging;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

import org.springframework.util.FileSystemUtils;
import routes.imaging.ReadyTars.Cost;
import routes.imaging.event.EventType;
import routes.imaging.store.KeyClaims;
import routes.imaging.store.ObjectKey;
import routes.imaging.store.ObjectStore;
import routes.imaging.store.TarUploader;
import routes.imaging.store.UploadSettings;
import routes.imaging.tar.TarLayout;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The upload of the imaging workflow against the same SDK client sending ready-made tars of the same size to the same
 * server, in turns, two events at once. Prints one line of JSON. Run by {@code bench/run}.
 */
final class UploadBenchmark implements AutoCloseable {

    private final Path directory = Files.createTempDirectory("bench");
    private final TestStore store = new TestStore();
    private final S3Client s3 = store.connection().open();
    private final TarUploader uploader = new TarUploader(
            new ObjectStore(s3, TestStore.BUCKET), new KeyClaims(), UploadSettings.DEFAULTS, Clock.systemUTC());
    private final ReadyTars readyTars = new ReadyTars(s3);

    private UploadBenchmark() throws Exception {}

    public static void main(String[] args) throws Exception {
        try (UploadBenchmark bench = new UploadBenchmark()) {
            switch (args[0]) {
                case "imaging-large" -> bench.compare(args[0], 2, 150, 2 << 20, 3, 0.8);
                case "imaging-small" -> bench.compare(args[0], 2_000, 2, 10 << 10, 5, 0.6);
                case "imaging-5gib" -> bench.huge(args[0]);
                default -> throw new IllegalArgumentException("no benchmark " + args[0]);
            }
        }
        System.exit(0);
    }

    private void compare(String name, int events, int files, int size, int rounds, double target) throws Exception {
        List<Path> sources = new ArrayList<>();
        List<Path> tars = new ArrayList<>();
        long bytes = 0;
        for (int i = 0; i < events; i++) {
            String folder = "event-" + i;
            SampleEvent.ofPrince().with("img_dir", folder).images(files, size).writeImages(directory);
            Path source = directory.resolve(folder);
            Path tar = directory.resolve(i + ".tar");
            TarLayout layout = TarLayout.of(source, Optional.empty());
            try (InputStream in = layout.openRange(0, layout.length())) {
                Files.copy(in, tar);
            }
            bytes += layout.length();
            sources.add(source);
            tars.add(tar);
        }
        Cost ours = Cost.NONE;
        Cost limit = Cost.NONE;
        for (int round = 0; round <= rounds; round++) {
            Cost limitNow = readyTars.put(tars);
            Cost oursNow = readyTars.timed(sources, this::upload);
            System.err.printf("round %d: limit %s, ours %s%n", round, limitNow, oursNow);
            if (round > 0) {
                limit = limit.plus(limitNow);
                ours = ours.plus(oursNow);
            }
        }
        System.out.printf(
                Locale.ROOT,
                "{\"name\":\"%s\",\"ratio\":%.3f,\"target\":%.1f,\"cpu_ratio\":%.3f,\"events\":%d,"
                        + "\"mib_per_s\":%.1f,\"limit_mib_per_s\":%.1f,"
                        + "\"events_per_s\":%.1f,\"limit_events_per_s\":%.1f}%n",
                name,
                limit.seconds() / ours.seconds(),
                target,
                (double) limit.cpuNanos() / ours.cpuNanos(),
                events,
                bytes * rounds / ours.seconds() / (1 << 20),
                bytes * rounds / limit.seconds() / (1 << 20),
                events * rounds / ours.seconds(),
                events * rounds / limit.seconds());
    }

    private void huge(String name) throws Exception {
        Path source = sparseImages(directory.resolve("event"), 5);
        Cost cost = readyTars.timed(List.of(source), this::upload);
        System.out.printf(
                Locale.ROOT,
                "{\"name\":\"%s\",\"gib\":5,\"seconds\":%.1f,\"max_heap_mib\":%d}%n",
                name,
                cost.seconds(),
                Runtime.getRuntime().maxMemory() >> 20);
    }

    /** Images of 1 GiB each that take no room on the disk. */
    static Path sparseImages(Path source, int count) throws IOException {
        Path images = Files.createDirectories(source.resolve("Img"));
        for (int i = 0; i < count; i++) {
            try (RandomAccessFile sparse =
                    new RandomAccessFile(images.resolve(i + ".tif").toFile(), "rw")) {
                sparse.setLength(1L << 30);
            }
        }
        return source;
    }

    private void upload(Path source) throws IOException {
        ObjectKey key =
                new ObjectKey(EventType.STITCH, source.getFileName().toString(), Instant.EPOCH, UUID.randomUUID());
        uploader.upload(TarLayout.of(source, Optional.empty()), key);
    }

    @Override
    public void close() throws IOException {
        readyTars.close();
        uploader.close();
        s3.close();
        store.close();
        FileSystemUtils.deleteRecursively(directory);
    }
}
