package routes.imaging;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import com.google.common.io.ByteStreams;
import com.sun.management.OperatingSystemMXBean;
import org.springframework.util.FileSystemUtils;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * The upload of the imaging workflow against the same SDK client sending ready-made tars of the same size to the same
 * server, in turns, two events at once. Prints one line of JSON. Run by {@code bench/run}.
 */
final class UploadBenchmark implements AutoCloseable {

    private static final int UPLOAD_JOBS = 2;
    private static final UploadSettings SETTINGS = UploadSettings.DEFAULTS;
    private static final OperatingSystemMXBean CPU = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private final Path directory = Files.createTempDirectory("bench");
    private final TestStore store = new TestStore();
    private final S3Client s3 = store.connection().open();
    private final TarUploader uploader =
            new TarUploader(new ObjectStore(s3, TestStore.BUCKET), new LocalKeyClaims(), SETTINGS, Clock.systemUTC());
    private final ExecutorService jobs = Executors.newFixedThreadPool(UPLOAD_JOBS);
    private final ExecutorService parts = Executors.newFixedThreadPool(UPLOAD_JOBS * SETTINGS.maxConcurrency());

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
            Path source = images(directory.resolve("event-" + i), files, size);
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
            Cost limitNow = timed(tars, this::putReadyTar);
            Cost oursNow = timed(sources, this::upload);
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
                (double) limit.wallNanos / ours.wallNanos,
                target,
                (double) limit.cpuNanos / ours.cpuNanos,
                events,
                perSecond(bytes * rounds, ours) / (1 << 20),
                perSecond(bytes * rounds, limit) / (1 << 20),
                perSecond((long) events * rounds, ours),
                perSecond((long) events * rounds, limit));
    }

    private void huge(String name) throws Exception {
        Path source = Files.createDirectories(directory.resolve("event/Img"));
        for (int i = 0; i < 5; i++) {
            try (RandomAccessFile sparse =
                    new RandomAccessFile(source.resolve(i + ".tif").toFile(), "rw")) {
                sparse.setLength(1L << 30);
            }
        }
        Cost cost = timed(List.of(source.getParent()), this::upload);
        System.out.printf(
                Locale.ROOT,
                "{\"name\":\"%s\",\"gib\":5,\"seconds\":%.1f,\"max_heap_mib\":%d}%n",
                name,
                cost.wallNanos / 1e9,
                Runtime.getRuntime().maxMemory() >> 20);
    }

    private Cost timed(List<Path> events, Step step) throws Exception {
        long start = System.nanoTime();
        long cpu = CPU.getProcessCpuTime();
        List<Future<?>> running = new ArrayList<>();
        for (Path event : events) {
            running.add(jobs.submit(() -> {
                step.send(event);
                return null;
            }));
        }
        for (Future<?> one : running) {
            one.get();
        }
        Cost cost = new Cost(System.nanoTime() - start, CPU.getProcessCpuTime() - cpu);
        for (String key : allKeys()) {
            s3.deleteObject(delete -> delete.bucket(TestStore.BUCKET).key(key));
        }
        return cost;
    }

    private List<String> allKeys() {
        return s3.listObjectsV2Paginator(list -> list.bucket(TestStore.BUCKET)).contents().stream()
                .map(object -> object.key())
                .toList();
    }

    private void upload(Path source) throws IOException {
        ObjectKey key =
                new ObjectKey(EventType.STITCH, source.getFileName().toString(), Instant.EPOCH, UUID.randomUUID());
        uploader.upload(TarLayout.of(source, Optional.empty()), key);
    }

    private void putReadyTar(Path tar) throws Exception {
        String key = tar.getFileName().toString();
        long length = Files.size(tar);
        if (!SETTINGS.inParts(length)) {
            s3.putObject(put -> put.bucket(TestStore.BUCKET).key(key), RequestBody.fromFile(tar));
            return;
        }
        String id = s3.createMultipartUpload(
                        create -> create.bucket(TestStore.BUCKET).key(key))
                .uploadId();
        List<Future<CompletedPart>> sending = new ArrayList<>();
        for (long at = 0; at < length; at += SETTINGS.partSize()) {
            long from = at;
            int number = sending.size() + 1;
            long size = Math.min(SETTINGS.partSize(), length - at);
            RequestBody body = RequestBody.fromContentProvider(() -> range(tar, from, size), size, "application/x-tar");
            sending.add(parts.submit(() -> CompletedPart.builder()
                    .partNumber(number)
                    .eTag(s3.uploadPart(
                                    put -> put.bucket(TestStore.BUCKET)
                                            .key(key)
                                            .uploadId(id)
                                            .partNumber(number)
                                            .contentLength(size),
                                    body)
                            .eTag())
                    .build()));
        }
        List<CompletedPart> sent = new ArrayList<>();
        for (Future<CompletedPart> part : sending) {
            sent.add(part.get());
        }
        s3.completeMultipartUpload(complete ->
                complete.bucket(TestStore.BUCKET).key(key).uploadId(id).multipartUpload(upload -> upload.parts(sent)));
    }

    private static InputStream range(Path file, long from, long size) {
        try {
            FileChannel channel = FileChannel.open(file).position(from);
            return new BufferedInputStream(ByteStreams.limit(Channels.newInputStream(channel), size), 64 * 1024);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Path images(Path source, int count, int size) throws IOException {
        Path images = Files.createDirectories(source.resolve("Img"));
        byte[] content = new byte[size];
        for (int i = 0; i < count; i++) {
            new Random(i).nextBytes(content);
            Files.write(images.resolve(String.format("%04d.tif", i)), content);
        }
        return source;
    }

    private static double perSecond(long amount, Cost cost) {
        return amount / (cost.wallNanos / 1e9);
    }

    @Override
    public void close() throws IOException {
        jobs.shutdownNow();
        parts.shutdownNow();
        uploader.close();
        s3.close();
        store.close();
        FileSystemUtils.deleteRecursively(directory);
    }

    /** CPU of the whole process, server included: what counts on a machine that others use, too. */
    private record Cost(long wallNanos, long cpuNanos) {

        static final Cost NONE = new Cost(0, 0);

        Cost plus(Cost other) {
            return new Cost(wallNanos + other.wallNanos, cpuNanos + other.cpuNanos);
        }

        @Override
        public String toString() {
            return wallNanos / 1_000_000 + " ms (CPU " + cpuNanos / 1_000_000 + " ms)";
        }
    }

    private interface Step {
        void send(Path event) throws Exception;
    }
}
