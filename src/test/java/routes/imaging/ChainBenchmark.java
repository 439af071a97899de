package routes.imaging;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.sync.RedisCommands;
import org.springframework.util.FileSystemUtils;
import routes.imaging.ReadyTars.Cost;
import routes.platform.CaravanProcess;
import routes.platform.FreePort;

/**
 * The packaged application, from event file to recorded upload, against the same SDK client sending ready-made tars of
 * the same size to the same S3 server, in turns. That server and the limit share this process; the application has one
 * of its own, with its default settings, its own Redis and its own database. Prints one line of JSON. Run by
 * {@code bench/run}.
 */
final class ChainBenchmark implements AutoCloseable {

    private static final String SYSTEM = "prince";

    private static final String EXPORTS = "upload-worker:new-export";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String name;
    private final String heap;
    private final Path folder = Files.createTempDirectory("chain");
    private final Path share = folder.resolve("inbox").resolve(SYSTEM);
    private final Path events = Files.createDirectories(share.resolve("events"));
    private final Path applicationFiles = Files.createDirectories(folder.resolve("application"));
    private final int redisPort = FreePort.any();
    private final TestStore store = new TestStore();
    private final ReadyTars readyTars = new ReadyTars(store.client());
    private int dropped;
    private long largestFile;

    private ChainBenchmark(String name, String heap) throws Exception {
        this.name = name;
        this.heap = heap;
    }

    public static void main(String[] args) throws Exception {
        switch (args[0]) {
            case "imaging-chain-large" -> compare(args[0], 10, 150, 2 << 20, 2, 2, 0.8);
            case "imaging-chain-small" -> compare(args[0], 2_000, 2, 10 << 10, 8, 3, 0.6);
            case "imaging-chain-5gib" -> huge(args[0]);
            case "imaging-backlog" -> {
                // The smaller one shows what does not come from the number
                backlog(args[0], 2_000);
                backlog(args[0], 20_000);
            }
            default -> throw new IllegalArgumentException("no benchmark " + args[0]);
        }
        System.exit(0);
    }

    /**
     * @param warmUp rounds that are not counted. Compiling what 2,000 small events run through takes the JVM a minute of
     *     CPU time, on 2 cores the longer part of the first ten thousand events
     */
    private static void compare(String name, int count, int files, int size, int warmUp, int rounds, double target)
            throws Exception {
        try (ChainBenchmark bench = new ChainBenchmark(name, "512m")) {
            List<String> folders = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                folders.add("event-" + i);
                bench.event(folders.get(i)).images(files, size).writeImages(bench.share);
            }
            try (CaravanProcess app = bench.start()) {
                List<Path> tars = new ArrayList<>();
                Cost ours = Cost.NONE;
                Cost limit = Cost.NONE;
                for (int round = 0; round < warmUp + rounds; round++) {
                    Cost oursNow = bench.fromFileToRow(app, folders, files, () -> {});
                    if (round == 0) {
                        tars.addAll(bench.downloadAll());
                    }
                    bench.readyTars.emptyBucket();
                    Cost limitNow = bench.readyTars.put(tars);
                    System.err.printf("round %d: limit %s, ours %s%n", round, limitNow, oursNow);
                    if (round >= warmUp) {
                        limit = limit.plus(limitNow);
                        ours = ours.plus(oursNow);
                    }
                }
                double mebibytes = rounds * sizeOf(tars) / (double) (1 << 20);
                bench.print(
                        app,
                        "\"ratio\":%.3f,\"target\":%.1f,\"cpu_ratio\":%.3f,\"events\":%d,\"rounds\":%d,"
                                + "\"mib_per_s\":%.1f,\"limit_mib_per_s\":%.1f,"
                                + "\"events_per_s\":%.1f,\"limit_events_per_s\":%.1f",
                        limit.seconds() / ours.seconds(),
                        target,
                        (double) limit.cpuNanos() / ours.cpuNanos(),
                        count,
                        rounds,
                        mebibytes / ours.seconds(),
                        mebibytes / limit.seconds(),
                        count * rounds / ours.seconds(),
                        count * rounds / limit.seconds());
            }
        }
    }

    private static void huge(String name) throws Exception {
        try (ChainBenchmark bench = new ChainBenchmark(name, "256m")) {
            UploadBenchmark.sparseImages(bench.share.resolve("event"), 5);
            try (CaravanProcess app = bench.start()) {
                Cost cost = bench.fromFileToRow(app, List.of("event"), 5, () -> bench.lookForFiles(app));
                bench.print(
                        app,
                        "\"gib\":5,\"seconds\":%.1f,\"largest_file_mib\":%d",
                        cost.seconds(),
                        bench.largestFile >> 20);
            }
        }
    }

    /** Files that wait at start, in no order of names, until all are in the stream; nothing is uploaded. */
    private static void backlog(String name, int count) throws Exception {
        try (ChainBenchmark bench = new ChainBenchmark(name, "256m")) {
            bench.event("images").images(1, 1_000).writeImages(bench.share);
            List<SampleEvent> waiting = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                Instant moment = Instant.parse("2024-02-01T00:00:00Z").plusSeconds(i);
                waiting.add(bench.event("images")
                        .with("timestamp", moment.toString())
                        .with("img_count", 1));
            }
            List<String> inOrder =
                    waiting.stream().map(event -> event.refId().toString()).toList();
            Collections.shuffle(waiting, new Random(7));
            waiting.forEach(event -> event.writeFile(bench.events));
            try (CaravanProcess app = bench.start("--imaging.upload.enabled=false")) {
                Cost start = Cost.now();
                long live = 0;
                while (bench.filesLeft() > 0) {
                    live = Math.max(live, liveHeap(app));
                }
                double ingested = Cost.now().minus(start).seconds();
                boolean ordered = bench.published().equals(inOrder);
                bench.print(
                        app,
                        "\"files\":%d,\"in_order\":%b,\"ingested_s\":%.1f,\"most_live_heap_mib\":%.1f",
                        count,
                        ordered,
                        ingested,
                        live / (double) (1 << 20));
            }
        }
    }

    private CaravanProcess start(String... extra) {
        URI s3 = store.connection().endpoint().orElseThrow();
        CaravanProcess app = CaravanProcess.start(
                folder,
                FreePort.any(),
                Path.of(System.getProperty("java.io.tmpdir"), name + ".log"),
                Stream.concat(
                                Stream.of("-Xmx" + heap, "-Djava.io.tmpdir=" + applicationFiles),
                                Stream.of(System.getProperty("bench.jvm", "").split(" "))
                                        .filter(option -> !option.isBlank()))
                        .toList(),
                Stream.concat(
                                Stream.of(extra),
                                Stream.of(
                                        "--caravan.data-dir=" + applicationFiles.resolve("data"),
                                        "--imaging.source-dir=" + share.getParent(),
                                        "--imaging.systems=" + SYSTEM,
                                        "--imaging.tape.enabled=false",
                                        "--replay.enabled=false",
                                        "--caravan.local.redis.port=" + redisPort,
                                        "--camel.component.aws2-s3.uri-endpoint-override=" + s3,
                                        "--camel.component.aws2-s3.override-endpoint=true",
                                        "--camel.component.aws2-s3.force-path-style=true",
                                        "--camel.component.aws2-s3.region=us-east-1",
                                        "--camel.component.aws2-s3.access-key=local",
                                        "--camel.component.aws2-s3.secret-key=locallocal"))
                        .toList());
        System.err.println("ready after " + app.awaitReady());
        return app;
    }

    private SampleEvent event(String imageDir) {
        return SampleEvent.of(SYSTEM).with("img_dir", imageDir);
    }

    /** From the moment the files have their names until the last row is there. */
    private Cost fromFileToRow(CaravanProcess app, List<String> folders, int images, Runnable look) throws Exception {
        List<Path> prepared = new ArrayList<>();
        for (String imageDir : folders) {
            SampleEvent event = event(imageDir).with("img_count", images);
            Path file = events.resolve(event.fileName() + ".tmp");
            Files.write(file, event.json());
            prepared.add(file);
        }
        Cost start = Cost.now();
        for (Path file : prepared) {
            String hidden = file.getFileName().toString();
            Files.move(
                    file,
                    file.resolveSibling(hidden.substring(0, hidden.length() - ".tmp".length())),
                    StandardCopyOption.ATOMIC_MOVE);
        }
        dropped += folders.size();
        awaitRows(app, look);
        return Cost.now().minus(start);
    }

    /** Asks Redis, which costs the application nothing, whether all are acknowledged, and then SQL for the rows. */
    private void awaitRows(CaravanProcess app, Runnable look) throws Exception {
        RedisClient client = RedisClient.create(RedisURI.create("127.0.0.1", redisPort));
        try (var connection = client.connect()) {
            while (!allAcknowledged(connection.sync())) {
                look.run();
                TimeUnit.MILLISECONDS.sleep(50);
            }
        } finally {
            client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
        }
        int rows = json(app.get("/api/1/exports?limit=1").body()).path("count").asInt();
        if (rows != dropped) {
            throw new IllegalStateException(rows + " rows after " + dropped + " events");
        }
    }

    private boolean allAcknowledged(RedisCommands<String, String> redis) {
        return redis.xlen(EXPORTS) == dropped
                && redis.xpending(EXPORTS, "import_export").getCount() == 0
                && redis.xinfoGroups(EXPORTS)
                        .toString()
                        .contains(redis.xrevrange(EXPORTS, Range.unbounded(), Limit.from(1))
                                .get(0)
                                .getId());
    }

    private List<Path> downloadAll() {
        List<Path> tars = new ArrayList<>();
        for (String key : readyTars.keys()) {
            Path tar = folder.resolve("ready-" + tars.size() + ".tar");
            store.client().getObject(get -> get.bucket(TestStore.BUCKET).key(key), tar);
            tars.add(tar);
        }
        return tars;
    }

    private static long sizeOf(List<Path> files) throws IOException {
        long bytes = 0;
        for (Path file : files) {
            bytes += Files.size(file);
        }
        return bytes;
    }

    private long filesLeft() throws IOException {
        try (Stream<Path> left = Files.list(events)) {
            return left.filter(Files::isRegularFile).count();
        }
    }

    /** Ids in the order of the stream. */
    private List<String> published() {
        RedisClient client = RedisClient.create(RedisURI.create("127.0.0.1", redisPort));
        try (var connection = client.connect()) {
            return connection.sync().xrange("data-ingester:new-imaging-event", Range.unbounded()).stream()
                    .map(entry ->
                            json(entry.getBody().get("data")).path("ref_id").asText())
                    .toList();
        } finally {
            client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
        }
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a full collection leaves. */
    private static long liveHeap(CaravanProcess app) throws IOException {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(app.pid()),
                        "GC.class_histogram")
                .start();
        try (BufferedReader answer = jcmd.inputReader()) {
            return answer.lines()
                    .filter(line -> line.startsWith("Total"))
                    .mapToLong(line -> Long.parseLong(line.split("\\s+")[2]))
                    .findFirst()
                    .orElse(0);
        }
    }

    /** Files the application made or holds open, deleted ones included; not the images it reads. */
    private void lookForFiles(CaravanProcess app) {
        try (Stream<Path> made = Files.walk(applicationFiles);
                Stream<Path> open = Files.list(Path.of("/proc", Long.toString(app.pid()), "fd"))) {
            for (Path file : Stream.concat(made, open).toList()) {
                if (Files.isRegularFile(file) && !file.toRealPath().startsWith(share)) {
                    largestFile = Math.max(largestFile, Files.size(file));
                }
            }
        } catch (IOException | UncheckedIOException e) {
            // one was closed meanwhile; the next look is soon
        }
    }

    private void print(CaravanProcess app, String format, Object... values) throws IOException {
        List<Object> all = new ArrayList<>(List.of(name));
        all.addAll(List.of(values));
        all.add(heap);
        all.add(peakMemory(app) >> 10);
        all.add(ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        System.out.printf(
                Locale.ROOT,
                "{\"name\":\"%s\"," + format + ",\"heap\":\"%s\",\"peak_rss_mib\":%d,\"load\":%.1f}%n",
                all.toArray());
    }

    /** In KiB. */
    private static long peakMemory(CaravanProcess app) throws IOException {
        try (Stream<String> status = Files.lines(Path.of("/proc", Long.toString(app.pid()), "status"))) {
            return status.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.split("\\s+")[1]))
                    .findFirst()
                    .orElse(0);
        }
    }

    @Override
    public void close() throws IOException {
        readyTars.close();
        store.close();
        FileSystemUtils.deleteRecursively(folder);
    }
}
