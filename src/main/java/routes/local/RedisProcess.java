package routes.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A child redis-server that never outlives this JVM. */
final class RedisProcess {

    /**
     * Starts a watcher, which reads the pipe from the JVM, and then becomes the server. When the JVM ends, in whatever way,
     * the pipe ends and the watcher kills the server. A line in the pipe dismisses the watcher. Everything here is built
     * into every shell.
     */
    private static final String SUPERVISED =
            """
            exec 3<&0
            ( read -r dismissed <&3 || kill -KILL $$ ) &
            exec 3<&- "$@" </dev/null""";

    private static final Path SHELL = Path.of("/bin/sh");

    /**
     * Takes the server and its watcher out of the JVM's process group. A terminal sends an interrupt to the whole group, but
     * the server must not end before its users do.
     */
    private static final Path OWN_SESSION = Path.of("/usr/bin/setsid");

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(10);
    private static final int SOCKET_TIMEOUT_MILLIS = 1_000;

    private final Process process;
    private final int port;
    private final Path log;

    private RedisProcess(Process process, int port, Path log) {
        this.process = process;
        this.port = port;
        this.log = log;
    }

    /** Starts {@code command}, which must listen on {@code port}; its output goes to the end of {@code log}. */
    static RedisProcess launch(List<String> command, int port, Path log) throws IOException {
        List<String> supervised = new ArrayList<>();
        if (Files.isExecutable(OWN_SESSION)) {
            supervised.add(OWN_SESSION.toString());
        }
        if (Files.isExecutable(SHELL)) {
            supervised.addAll(List.of(SHELL.toString(), "-c", SUPERVISED, "caravan-redis"));
        }
        supervised.addAll(command);
        Process process = new ProcessBuilder(supervised)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        return new RedisProcess(process, port, log);
    }

    long pid() {
        return process.pid();
    }

    /**
     * Returns when the server answers. It may take minutes to read a long append-only file; only a server that neither
     * answers nor reads its file is given up.
     *
     * @throws LocalServiceException if the process has ended or does not answer in time
     */
    void awaitReady(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (process.isAlive()) {
            String answer = ping();
            if (answer.startsWith("+PONG")) {
                return;
            }
            if (answer.startsWith("-LOADING")) {
                deadline = System.nanoTime() + patience.toNanos();
            } else if (System.nanoTime() > deadline) {
                throw new LocalServiceException(
                        "The local Redis is running (process %d) but did not answer on port %d within %d s."
                                .formatted(pid(), port, patience.toSeconds()),
                        "See %s.".formatted(log));
            }
            TimeUnit.NANOSECONDS.sleep(POLL.toNanos());
        }
        throw new LocalServiceException(
                "The local Redis ended at once with status %d: %s".formatted(process.exitValue(), lastWords()),
                "See %s, or point %s at a running Redis.".formatted(log, LocalService.REDIS.addressKey()));
    }

    private String ping() {
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(SOCKET_TIMEOUT_MILLIS);
            socket.connect(new InetSocketAddress(LoopbackPort.HOST, port), SOCKET_TIMEOUT_MILLIS);
            OutputStream out = socket.getOutputStream();
            out.write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            return new String(in.readNBytes("+PONG\r\n".length()), StandardCharsets.US_ASCII);
        } catch (IOException notYet) {
            return "";
        }
    }

    /** Waits for the end of the process and returns its exit status. */
    int awaitEnd() throws InterruptedException {
        int status = process.waitFor();
        dismissWatcher();
        return status;
    }

    /** Asks the server to end, so that it flushes its file, and kills it if it does not. */
    void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(STOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly().waitFor();
        }
        dismissWatcher();
    }

    /** The dead server's process id may soon belong to another program, which the watcher must not kill. */
    private void dismissWatcher() {
        try (OutputStream pipe = process.getOutputStream()) {
            pipe.write('\n');
        } catch (IOException watcherIsGone) {
            // nothing left to dismiss
        }
    }

    /** The last line that the server logged, without its timestamp. */
    String lastWords() {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> !line.isBlank())
                    .reduce((earlier, later) -> later)
                    .map(line -> line.replaceFirst("^\\d+:\\w [^*#.-]*[*#.-] ", ""))
                    .orElse("it logged nothing");
        } catch (IOException | java.io.UncheckedIOException unreadable) {
            return "its log %s cannot be read".formatted(log);
        }
    }
}
