package routes.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.embedded.core.ExecutableProvider;

/** A child redis-server that writes every command to its append-only file, and is restarted when it dies. */
final class RedisServer implements LocalServer {

    private static final Logger LOG = LoggerFactory.getLogger(RedisServer.class);

    private static final Duration START_PATIENCE = Duration.ofSeconds(30);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    /** A server that has run for this long is restarted without delay. */
    private static final Duration STABLE = Duration.ofSeconds(30);

    private final Path folder;
    private final int port;
    private @Nullable RedisProcess child;
    private @Nullable Thread supervisor;
    private volatile boolean stopping;
    private volatile @Nullable String trouble;

    RedisServer(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    @Override
    public LocalService service() {
        return LocalService.REDIS;
    }

    @Override
    public String address() {
        return "redis://%s:%d".formatted(LoopbackPort.HOST, port);
    }

    @Override
    public Path folder() {
        return folder;
    }

    @Override
    public Map<String, Object> clientProperties() {
        return Map.of("spring.data.redis.url", address());
    }

    @Override
    public Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    @Override
    public void start() throws Exception {
        Files.createDirectories(folder);
        endLeftOver();
        LoopbackPort.requireFree(port, service());
        Files.deleteIfExists(logFile());
        List<String> command = command();
        RedisProcess first = launch(command);
        supervisor = new Thread(() -> supervise(first, command), "local-redis-supervisor");
        supervisor.setDaemon(true);
        supervisor.start();
    }

    @Override
    public void stop() throws Exception {
        stopping = true;
        if (supervisor != null) {
            supervisor.interrupt();
            supervisor.join();
        }
        RedisProcess last = current();
        if (last != null) {
            last.stop();
            Files.deleteIfExists(pidFile());
        }
    }

    private synchronized @Nullable RedisProcess current() {
        return child;
    }

    private synchronized RedisProcess launch(List<String> command) throws IOException, InterruptedException {
        RedisProcess next = RedisProcess.launch(command, port, logFile());
        child = next;
        Files.writeString(pidFile(), next.pid() + "\n");
        next.awaitReady(START_PATIENCE);
        return next;
    }

    /** Restarts a dead server, at first without a delay, then with growing ones, until {@link #stop()}. */
    private void supervise(RedisProcess first, List<String> command) {
        RedisProcess watched = first;
        Duration pause = Duration.ZERO;
        try {
            while (!stopping) {
                long since = System.nanoTime();
                report(watched.awaitEnd(), watched, pause);
                boolean wasStable = System.nanoTime() - since > STABLE.toNanos();
                TimeUnit.NANOSECONDS.sleep(pause.toNanos());
                watched = restart(command, watched);
                pause = wasStable ? FIRST_PAUSE : longer(pause);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void report(int status, RedisProcess dead, Duration pause) {
        trouble = "redis-server ended with status %d: %s".formatted(status, dead.lastWords());
        LOG.error("The local Redis died and will be restarted in {} ms: {}", pause.toMillis(), trouble);
    }

    /** A failed restart leaves a dead child, which the next round of the loop notices at once. */
    private RedisProcess restart(List<String> command, RedisProcess dead) throws InterruptedException {
        try {
            RedisProcess next = launch(command);
            trouble = null;
            LOG.info("The local Redis is running again as process {}", next.pid());
            return next;
        } catch (IOException | LocalServiceException e) {
            trouble = e.getMessage();
            RedisProcess now = current();
            return now == null ? dead : now;
        }
    }

    private static Duration longer(Duration pause) {
        Duration next = pause.isZero() ? FIRST_PAUSE : pause.multipliedBy(2);
        return next.compareTo(LONGEST_PAUSE) < 0 ? next : LONGEST_PAUSE;
    }

    /**
     * {@code appendfsync always}: after adding an entry, a route deletes or acknowledges its source, so the entry must be
     * on the disk when Redis answers, not a second later. Commands that arrive together share one flush, so this costs a
     * single writer about 0.15 ms on an SSD, but no throughput.
     */
    private List<String> command() throws IOException {
        return List.of(
                executable().toString(),
                "--bind",
                LoopbackPort.HOST,
                "--port",
                Integer.toString(port),
                "--dir",
                folder.toString(),
                "--appendonly",
                "yes",
                "--appendfsync",
                "always",
                "--save",
                "",
                "--maxmemory-policy",
                "noeviction",
                "--daemonize",
                "no");
    }

    private Path executable() throws IOException {
        Path programs = Files.createDirectories(folder.resolve("bin"));
        try {
            return ExecutableProvider.newJarResourceProvider(programs.toFile())
                    .get()
                    .toPath();
        } catch (RuntimeException noneForThisMachine) {
            throw new LocalServiceException(
                    "This build contains no redis-server for %s on %s."
                            .formatted(System.getProperty("os.name"), System.getProperty("os.arch")),
                    "Point %s at a running Redis.".formatted(service().addressKey()),
                    noneForThisMachine);
        }
    }

    /** Without a shell that watches over it, the child of a killed Caravan keeps running on the files that we will open. */
    private void endLeftOver() throws IOException, InterruptedException {
        if (Files.notExists(pidFile())) {
            return;
        }
        Optional<ProcessHandle> leftOver = ProcessHandle.of(
                        Long.parseLong(Files.readString(pidFile()).strip()))
                .filter(this::isOurs);
        if (leftOver.isPresent()) {
            leftOver.get().destroyForcibly();
            leftOver.get().onExit().join();
        }
    }

    private boolean isOurs(ProcessHandle process) {
        return process.info()
                .command()
                .filter(command -> Path.of(command).startsWith(folder))
                .isPresent();
    }

    private Path pidFile() {
        return folder.resolve("redis.pid");
    }

    private Path logFile() {
        return folder.resolve("redis.log");
    }
}
