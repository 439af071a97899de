package routes.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;

/** The packaged jar as a child process: it is started, asked, killed, and never outlives the test. */
public final class CaravanProcess implements AutoCloseable {

    public static final Path JAR =
            Path.of(System.getProperty("caravan.jar", "target/caravan.jar")).toAbsolutePath();
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
    private static final Duration START_PATIENCE = Duration.ofMinutes(5);
    private static final Duration POLL = Duration.ofMillis(100);

    /** Starts soonest. */
    private static final List<String> BRIEF_RUN = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx512m");

    private final Process process;
    private final URI address;
    private final Path log;
    private final long started = System.nanoTime();
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private CaravanProcess(Process process, URI address, Path log) {
        this.process = process;
        this.address = address;
        this.log = log;
    }

    /** Starts a run; what it says goes to the end of {@code log}. */
    public static CaravanProcess start(Path workingDirectory, int httpPort, Path log, List<String> arguments) {
        return start(workingDirectory, httpPort, log, arguments, Map.of());
    }

    /** @param environment what it has besides that of the test */
    public static CaravanProcess start(
            Path workingDirectory, int httpPort, Path log, List<String> arguments, Map<String, String> environment) {
        List<String> options = new ArrayList<>(BRIEF_RUN);
        options.add("-XX:SharedArchiveFile=" + ClassArchive.of(JAR, JAVA, BRIEF_RUN));
        return start(workingDirectory, httpPort, log, options, arguments, environment);
    }

    /** @param options of its JVM */
    public static CaravanProcess start(
            Path workingDirectory, int httpPort, Path log, List<String> options, List<String> arguments) {
        return start(workingDirectory, httpPort, log, options, arguments, Map.of());
    }

    private static CaravanProcess start(
            Path workingDirectory,
            int httpPort,
            Path log,
            List<String> options,
            List<String> arguments,
            Map<String, String> environment) {
        List<String> command = new ArrayList<>();
        command.add(JAVA.toString());
        command.addAll(options);
        command.addAll(List.of("-jar", JAR.toString(), "--server.port=" + httpPort));
        command.addAll(arguments);
        if (arguments.stream().noneMatch(argument -> argument.startsWith("--replay."))) {
            // The door of its ingress is one for all processes
            command.add("--replay.enabled=false");
        }
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(workingDirectory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().put("CARAVAN_HOME", workingDirectory.toString());
        builder.environment().putAll(environment);
        try {
            return new CaravanProcess(builder.start(), URI.create("http://127.0.0.1:" + httpPort), log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the ready check says yes, and tells how long that took from the start of the process. */
    public Duration awaitReady() {
        Awaitility.await("readiness; log: " + log)
                .atMost(START_PATIENCE)
                .pollInterval(POLL)
                .until(() -> {
                    if (!process.isAlive()) {
                        throw new IllegalStateException(
                                "Caravan ended with status " + process.exitValue() + "; log: " + log);
                    }
                    return answers("/health/ready");
                });
        return age();
    }

    public long pid() {
        return process.pid();
    }

    /** Of all its threads, so far. */
    public Duration cpuTime() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    public Duration age() {
        return Duration.ofNanos(System.nanoTime() - started);
    }

    private boolean answers(String path) {
        try {
            return get(path).statusCode() == 204;
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    public HttpResponse<String> get(String path) {
        return send("GET", path, "");
    }

    /** With a JSON body, or none if it is empty. */
    public HttpResponse<String> send(String method, String path, String json) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address.resolve(path)).timeout(Duration.ofSeconds(60));
        if (json.isEmpty()) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            request.method(method, HttpRequest.BodyPublishers.ofString(json))
                    .header("Content-Type", "application/json");
        }
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** {@code kill -9} after a delay. */
    public void killAfter(Duration delay) throws InterruptedException {
        if (process.waitFor(delay.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException(
                    "Caravan ended by itself with status " + process.exitValue() + "; log: " + log);
        }
        process.destroyForcibly().waitFor();
    }

    /** {@code SIGTERM}; tells how long the process took to end. */
    public Duration terminate() throws InterruptedException {
        long asked = System.nanoTime();
        process.destroy();
        process.waitFor();
        return Duration.ofNanos(System.nanoTime() - asked);
    }

    /**
     * How a run ended.
     *
     * @param after since this was asked for
     */
    public record End(Duration after, int status) {}

    /** Waits until it ends by itself. */
    public End awaitEnd(Duration patience) throws InterruptedException {
        long asked = System.nanoTime();
        if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException("Caravan still runs after " + patience + "; log: " + log);
        }
        return new End(Duration.ofNanos(System.nanoTime() - asked), process.exitValue());
    }

    /** What it has said until now, with what earlier runs said to the same file. */
    public String output() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly().onExit().join();
        children.forEach(ProcessHandle::destroyForcibly);
    }
}
