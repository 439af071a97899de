package routes.replay;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.springframework.util.FileSystemUtils;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import routes.platform.CaravanProcess;
import routes.platform.FreePort;
import routes.replay.savant.generation1.Message;

/**
 * The packaged application between a source and a sink of this process, against the raw libraries moving the same
 * frames in the same run: JeroMQ from one thread to another, RocksDB written in batches. Prints one line of JSON. Run by
 * {@code bench/run}.
 */
final class ReplayBenchmark implements AutoCloseable {

    private static final int PICTURE = 20_000;
    private static final int FRAMES = 20_000;
    private static final int FRAMES_OF_EACH = 1_000;
    private static final int BLOCK = 25;
    private static final Duration TIME_TO_START = Duration.ofMillis(50);
    private static final String HEAP = "512m";

    private final String name;
    private final Path folder = Files.createTempDirectory("replay");
    private final ZContext zmq = new ZContext();
    private final int ingressPort = FreePort.any();
    private final int sinkPort = FreePort.any();
    /** One for all rounds: JeroMQ gives the port back some time after the socket was closed. */
    private final Sink sink = new Sink(zmq, sinkPort);

    /** Sources have one connection, too; JeroMQ now and then needs the time of a handshake to make one. */
    private final ZMQ.Socket dealer = zmq.createSocket(SocketType.DEALER);

    private final CaravanProcess app;
    private final JobClient jobs;
    private final RawLimits limits;

    private ReplayBenchmark(String name) throws IOException {
        this.name = name;
        this.limits = new RawLimits(folder);
        this.app = CaravanProcess.start(
                folder,
                FreePort.any(),
                Path.of(System.getProperty("java.io.tmpdir"), name + ".log"),
                Stream.concat(
                                Stream.of("-Xmx" + HEAP),
                                Stream.of(System.getProperty("bench.jvm", "").split(" "))
                                        .filter(option -> !option.isBlank()))
                        .toList(),
                List.of(
                        "--caravan.data-dir=" + folder.resolve("data"),
                        "--caravan.local.redis.port=0",
                        "--caravan.local.s3.port=0",
                        "--caravan.local.jms.port=0",
                        "--replay.in-stream.url=router+bind:tcp://127.0.0.1:" + ingressPort,
                        "--replay.jobs.max-running=200",
                        "--replay.jobs.max-per-sink=200",
                        "--replay.jobs.max-per-source=200"));
        this.jobs = new JobClient(app);
        System.err.println("ready after " + app.awaitReady());
        dealer.setLinger(0);
        dealer.setSndHWM(1_000);
        dealer.setHandshakeIvl(1_000);
        dealer.connect("tcp://127.0.0.1:" + ingressPort);
    }

    public static void main(String[] args) throws Exception {
        try (ReplayBenchmark bench = new ReplayBenchmark(args[0])) {
            switch (args[0]) {
                case "replay-ingest" -> bench.ingest();
                case "replay-job" -> bench.job(60, 10, false);
                case "replay-jobs" -> bench.job(20, 5, true);
                case "replay-both" -> bench.both();
                case "replay-pacing" -> bench.pacing();
                case "replay-first-frame" -> bench.firstFrame();
                default -> throw new IllegalArgumentException("no benchmark " + args[0]);
            }
        }
        System.exit(0);
    }

    /** From the first frame until the end of stream is acknowledged, which it is when all of them are durable. */
    private void ingest() throws Exception {
        double ours = 0;
        double moved = 0;
        double written = 0;
        int warmUp = 20;
        int rounds = 5;
        for (int round = 0; round < warmUp + rounds; round++) {
            SavantSource source = new SavantSource("cam-" + round, BLOCK, PICTURE);
            double oursNow = record(source, 0, FRAMES);
            double movedNow = limits.moving(source, FRAMES);
            double writtenNow = limits.writing(source, FRAMES);
            System.err.printf(
                    "round %d: ours %.2f s, JeroMQ %.2f s, RocksDB %.2f s%n", round, oursNow, movedNow, writtenNow);
            if (round >= warmUp) {
                ours += oursNow;
                moved += movedNow;
                written += writtenNow;
            }
        }
        double frames = (double) rounds * FRAMES;
        print(
                "\"ratio\":%.3f,\"target\":0.7,\"frames_per_s\":%.0f,\"jeromq_frames_per_s\":%.0f,\"rocksdb_frames_per_s\":%.0f",
                Math.max(moved, written) / ours, frames / ours, frames / moved, frames / written);
    }

    /**
     * One fast job against raw sending.
     *
     * @param withHundred a hundred fast jobs at once against the one, too
     */
    private void job(int warmUp, int rounds, boolean withHundred) throws Exception {
        SavantSource source = new SavantSource("cam", BLOCK, PICTURE);
        record(source, 0, FRAMES);
        double one = 0;
        double hundred = 0;
        double moved = 0;
        for (int round = 0; round < warmUp + rounds; round++) {
            double oneNow = run(source, 1, FRAMES);
            double hundredNow = withHundred ? run(source, 100, FRAMES_OF_EACH) : Double.NaN;
            double movedNow = FRAMES / limits.moving(source, FRAMES);
            System.err.printf(
                    "round %d, frames/s: one job %.0f, 100 jobs %.0f, JeroMQ %.0f%n",
                    round, oneNow, hundredNow, movedNow);
            if (round >= warmUp) {
                one += 1 / oneNow;
                hundred += 1 / hundredNow;
                moved += 1 / movedNow;
            }
        }
        String together = String.format(
                Locale.ROOT,
                "\"hundred_ratio\":%.3f,\"hundred_target\":0.8,\"hundred_frames_per_s\":%.0f,",
                one / hundred,
                rounds / hundred);
        print(
                "\"ratio\":%.3f,\"target\":0.7,%s\"frames_per_s\":%.0f,\"jeromq_frames_per_s\":%.0f",
                moved / one, withHundred ? together : "", rounds / one, rounds / moved);
    }

    /** Recording alone, and while twenty jobs send another source at its pace of 25 frames a second. */
    private void both() throws Exception {
        SavantSource read = new SavantSource("read", BLOCK, PICTURE);
        record(read, 0, FRAMES);
        for (int round = 0; round < 3; round++) {
            record(new SavantSource("warm-" + round, BLOCK, PICTURE), 0, FRAMES);
        }
        double alone = record(new SavantSource("alone-1", BLOCK, PICTURE), 0, FRAMES);
        double beside;
        for (int job = 0; job < 20; job++) {
            start(read, job * 100L, "out-" + job, true, 10_000);
        }
        sink.receive(500);
        CompletableFuture<Void> draining = sink.drain();
        beside = record(new SavantSource("beside-1", BLOCK, PICTURE), 0, FRAMES);
        beside += record(new SavantSource("beside-2", BLOCK, PICTURE), 0, FRAMES);
        sink.stop();
        draining.join();
        alone += record(new SavantSource("alone-2", BLOCK, PICTURE), 0, FRAMES);
        print(
                "\"ratio\":%.3f,\"target\":0.8,\"jobs\":20,\"frames_per_s\":%.0f,\"alone_frames_per_s\":%.0f",
                alone / beside, 2 * FRAMES / beside, 2 * FRAMES / alone);
    }

    /**
     * When frames of 100 paced jobs arrive, against the schedule of their job: their timestamps, from the frame on that
     * was the least late. The first two minutes have the JVM compiling the path.
     */
    private void pacing() throws Exception {
        SavantSource source = new SavantSource("cam", BLOCK, PICTURE);
        int jobs = 100;
        int seconds = 180;
        int frames = seconds * SavantSource.FRAMES_PER_SECOND;
        record(source, 0, frames + jobs * BLOCK);
        for (int job = 0; job < jobs; job++) {
            start(source, job * (long) BLOCK, "out-" + job, true, frames);
        }
        int threads = threads();
        Map<String, List<Long>> late = new HashMap<>();
        Map<String, Integer> counts = new HashMap<>();
        for (Arrival arrival : sink.receive(jobs * frames)) {
            int number = counts.merge(arrival.topic(), 1, Integer::sum) - 1;
            if (number >= frames * 2 / 3) {
                late.computeIfAbsent(arrival.topic(), topic -> new ArrayList<>())
                        .add(arrival.nanos() - number * 1_000_000_000L / SavantSource.FRAMES_PER_SECOND);
            }
        }
        double[] sorted = late.values().stream()
                .flatMapToDouble(ofJob -> {
                    long least = Collections.min(ofJob);
                    return ofJob.stream().mapToDouble(time -> (time - least) / 1e6);
                })
                .sorted()
                .toArray();
        print(
                "\"p99_ms\":%.2f,\"target_p99_ms\":5,\"median_ms\":%.2f,\"max_ms\":%.2f,\"jobs\":%d,\"threads\":%d",
                sorted[sorted.length * 99 / 100], sorted[sorted.length / 2], sorted[sorted.length - 1], jobs, threads);
    }

    /** From the request of a job to its first frame, anchors all over a store of a million small frames. */
    private void firstFrame() throws Exception {
        SavantSource source = new SavantSource("cam", BLOCK, 1_000);
        int stored = 1_000_000;
        double seconds = record(source, 0, stored);
        System.err.printf("%d frames recorded in %.0f s%n", stored, seconds);
        List<Double> times = new ArrayList<>();
        for (int job = 0; job < 150; job++) {
            long anchor = (job * 7_919L * BLOCK) % stored;
            long asked = System.nanoTime();
            start(source, anchor, "out-" + job, false, 1);
            Arrival first = sink.receive(1).get(0);
            if (job >= 50) {
                times.add((first.nanos() - asked) / 1e6);
            }
        }
        double[] sorted =
                times.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        print(
                "\"median_ms\":%.1f,\"target_median_ms\":50,\"p95_ms\":%.1f,\"frames\":%d",
                sorted[sorted.length / 2], sorted[sorted.length * 95 / 100], stored);
    }

    /** In seconds. */
    private double record(SavantSource source, long from, long count) {
        long start = System.nanoTime();
        for (long number = from; number < from + count; number++) {
            SavantSource.send(dealer, source.frame(number));
        }
        SavantSource.send(dealer, source.endOfStream(from + count + 1));
        byte[] reply = dealer.recv();
        if (!"OK".equals(new String(reply))) {
            throw new IllegalStateException("the end of the stream was answered with " + new String(reply));
        }
        return (System.nanoTime() - start) / 1e9;
    }

    /**
     * Jobs that start at the same time, each with its frames in order.
     *
     * @return frames a second, of all jobs together, from the first frame to the last: how long a job takes to start is
     *     measured by {@code replay-first-frame}
     */
    private double run(SavantSource source, int jobs, int framesEach) throws Exception {
        Instant at = Instant.now().plus(TIME_TO_START.multipliedBy(jobs));
        for (int job = 0; job < jobs; job++) {
            start(source, job * (long) BLOCK, "out-" + job, false, framesEach, Optional.of(at));
        }
        if (Instant.now().isAfter(at)) {
            System.err.println("the jobs did not start together");
        }
        Map<String, Long> last = new HashMap<>();
        List<Arrival> arrivals = sink.receive(jobs * framesEach);
        for (Arrival arrival : arrivals) {
            Long before = last.put(arrival.topic(), arrival.frame());
            if (before != null && before + 1 != arrival.frame()) {
                throw new IllegalStateException(arrival.topic() + " got frame " + arrival.frame() + " after " + before);
            }
        }
        long nanos = arrivals.get(arrivals.size() - 1).nanos() - arrivals.get(0).nanos();
        awaitRest();
        return (arrivals.size() - 1) * 1e9 / nanos;
    }

    /** Until the ended jobs are cleared away, which is no part of what is measured next. */
    private void awaitRest() throws InterruptedException {
        Duration spent = app.cpuTime();
        boolean busy = true;
        for (int looks = 0; looks < 20 && busy; looks++) {
            Thread.sleep(500);
            Duration now = app.cpuTime();
            busy = now.minus(spent).toMillis() > 100;
            spent = now;
        }
    }

    private void start(SavantSource source, long anchor, String result, boolean paced, int frames) {
        start(source, anchor, result, paced, frames, Optional.empty());
    }

    private void start(
            SavantSource source, long anchor, String result, boolean paced, int frames, Optional<Instant> at) {
        ObjectNode request = JobClient.request(
                source.id(),
                SavantSource.uuid(anchor),
                "dealer+connect:tcp://127.0.0.1:" + sinkPort,
                result,
                paced,
                "{\"frame_count\":" + frames + "}");
        request.putObject("pacing").put("on_schedule", true);
        at.ifPresent(time -> request.put("start_at", time.toString()));
        jobs.start(request);
    }

    private int threads() throws IOException {
        return (int) fromStatus("Threads:");
    }

    private long fromStatus(String field) throws IOException {
        try (Stream<String> status = Files.lines(Path.of("/proc", Long.toString(app.pid()), "status"))) {
            return status.filter(line -> line.startsWith(field))
                    .mapToLong(line -> Long.parseLong(line.split("\\s+")[1]))
                    .findFirst()
                    .orElse(0);
        }
    }

    private void print(String format, Object... values) throws IOException {
        List<Object> all = new ArrayList<>(List.of(name));
        all.addAll(Arrays.asList(values));
        all.add(HEAP);
        all.add(fromStatus("VmHWM:") >> 10);
        all.add(ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        System.out.printf(
                Locale.ROOT,
                "{\"name\":\"%s\"," + format + ",\"heap\":\"%s\",\"peak_rss_mib\":%d,\"load\":%.1f}%n",
                all.toArray());
    }

    @Override
    public void close() throws IOException {
        app.close();
        sink.close();
        zmq.close();
        FileSystemUtils.deleteRecursively(folder);
    }

    private record Arrival(String topic, long frame, long nanos) {}

    /** A router that takes what jobs send. */
    private static final class Sink implements AutoCloseable {

        private final ZMQ.Socket router;
        private volatile boolean stopped;

        Sink(ZContext zmq, int port) {
            router = zmq.createSocket(SocketType.ROUTER);
            router.setLinger(0);
            router.setRcvHWM(1_000);
            router.setReceiveTimeOut(60_000);
            router.bind("tcp://127.0.0.1:" + port);
        }

        List<Arrival> receive(int count) throws Exception {
            List<Arrival> arrivals = new ArrayList<>(count);
            while (arrivals.size() < count) {
                arrivals.add(receive());
            }
            return arrivals;
        }

        private Arrival receive() throws Exception {
            if (router.recv() == null) {
                throw new IllegalStateException("nothing came for a minute");
            }
            String topic = router.recvStr();
            byte[] message = router.recv();
            while (router.hasReceiveMore()) {
                router.recv();
            }
            long now = System.nanoTime();
            return new Arrival(
                    topic,
                    SavantSource.number(
                            Message.parseFrom(message).getVideoFrame().getUuid()),
                    now);
        }

        CompletableFuture<Void> drain() {
            router.setReceiveTimeOut(100);
            return CompletableFuture.runAsync(() -> {
                while (!stopped) {
                    router.recv();
                }
            });
        }

        void stop() {
            stopped = true;
        }

        @Override
        public void close() {
            router.close();
        }
    }
}
