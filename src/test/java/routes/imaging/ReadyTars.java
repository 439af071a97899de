package routes.imaging;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import com.google.common.io.ByteStreams;
import com.sun.management.OperatingSystemMXBean;
import routes.imaging.store.UploadSettings;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/** The limit of the imaging benchmarks: files that are tars already, sent by the same client, as many at once. */
final class ReadyTars implements AutoCloseable {

    private static final int UPLOAD_JOBS = 2;
    private static final UploadSettings SETTINGS = UploadSettings.DEFAULTS;
    private static final OperatingSystemMXBean CPU = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private final S3Client s3;
    private final ExecutorService jobs = Executors.newFixedThreadPool(UPLOAD_JOBS);
    private final ExecutorService parts = Executors.newFixedThreadPool(UPLOAD_JOBS * SETTINGS.maxConcurrency());

    ReadyTars(S3Client s3) {
        this.s3 = s3;
    }

    /** What it costs to send them; the bucket is empty afterwards. */
    Cost put(List<Path> tars) throws Exception {
        return timed(tars, this::put);
    }

    /** What it costs to send something else in the same way. */
    Cost timed(List<Path> sources, Step step) throws Exception {
        Cost start = Cost.now();
        List<Future<?>> running = new ArrayList<>();
        for (Path source : sources) {
            running.add(jobs.submit(() -> {
                step.send(source);
                return null;
            }));
        }
        for (Future<?> one : running) {
            one.get();
        }
        Cost cost = Cost.now().minus(start);
        emptyBucket();
        return cost;
    }

    List<String> keys() {
        return s3.listObjectsV2Paginator(list -> list.bucket(TestStore.BUCKET)).contents().stream()
                .map(object -> object.key())
                .toList();
    }

    void emptyBucket() {
        for (String key : keys()) {
            s3.deleteObject(delete -> delete.bucket(TestStore.BUCKET).key(key));
        }
    }

    private void put(Path tar) throws Exception {
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

    @Override
    public void close() {
        jobs.shutdownNow();
        parts.shutdownNow();
    }

    interface Step {
        void send(Path source) throws Exception;
    }

    /** CPU of this process and all it started: what counts on a machine that others use, too. */
    record Cost(long wallNanos, long cpuNanos) {

        static final Cost NONE = new Cost(0, 0);

        static Cost now() {
            long children = ProcessHandle.current()
                    .descendants()
                    .map(child -> child.info().totalCpuDuration())
                    .flatMap(Optional::stream)
                    .mapToLong(Duration::toNanos)
                    .sum();
            return new Cost(System.nanoTime(), CPU.getProcessCpuTime() + children);
        }

        Cost plus(Cost other) {
            return new Cost(wallNanos + other.wallNanos, cpuNanos + other.cpuNanos);
        }

        Cost minus(Cost other) {
            return new Cost(wallNanos - other.wallNanos, cpuNanos - other.cpuNanos);
        }

        double seconds() {
            return wallNanos / 1e9;
        }

        @Override
        public String toString() {
            return wallNanos / 1_000_000 + " ms (CPU " + cpuNanos / 1_000_000 + " ms)";
        }
    }
}
