package routes.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.springframework.test.util.TestSocketUtils;

/**
 * A RabbitMQ node of its own on free ports of loopback, with its data, its port mapper and its cookie in a temporary
 * folder. It leaves alone whatever else runs on the machine.
 */
public final class RabbitServer implements AutoCloseable {

    private static final Path PROGRAM = Path.of("/usr/lib/rabbitmq/bin/rabbitmq-server");

    private final Path folder;
    private final int port;
    private final int mapperPort;
    private final Process process;

    private RabbitServer(Path folder, int port, int mapperPort, Process process) {
        this.folder = folder;
        this.port = port;
        this.mapperPort = mapperPort;
        this.process = process;
    }

    public static RabbitServer start() throws IOException {
        Peers.require("rabbitmq-server");
        Path folder = Files.createTempDirectory("caravan-rabbit");
        int port = TestSocketUtils.findAvailableTcpPort();
        int mapperPort = TestSocketUtils.findAvailableTcpPort();
        Path enabledPlugins = Files.writeString(folder.resolve("enabled_plugins"), "[].");
        Path configuration =
                Files.writeString(folder.resolve("rabbitmq.conf"), "listeners.tcp.1 = 127.0.0.1:" + port + "\n");
        // The script below lib does not switch to the user rabbitmq, unlike the one on the PATH
        ProcessBuilder builder = new ProcessBuilder(PROGRAM.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out.log").toFile());
        builder.environment()
                .putAll(Map.of(
                        "HOME", folder.toString(),
                        "RABBITMQ_NODENAME", "caravan" + port + "@localhost",
                        "RABBITMQ_MNESIA_BASE", folder.resolve("mnesia").toString(),
                        "RABBITMQ_LOG_BASE", folder.resolve("log").toString(),
                        "RABBITMQ_CONFIG_FILE", configuration.toString(),
                        "RABBITMQ_ENABLED_PLUGINS_FILE", enabledPlugins.toString(),
                        "RABBITMQ_DIST_PORT", String.valueOf(TestSocketUtils.findAvailableTcpPort()),
                        "RABBITMQ_NODE_PORT", String.valueOf(port),
                        "ERL_EPMD_PORT", String.valueOf(mapperPort),
                        "ERL_EPMD_ADDRESS", "127.0.0.1"));
        RabbitServer server = new RabbitServer(folder, port, mapperPort, builder.start());
        try {
            server.awaitStarted();
        } catch (RuntimeException | IOException e) {
            server.close();
            throw e;
        }
        return server;
    }

    private void awaitStarted() throws IOException {
        Path output = folder.resolve("out.log");
        Awaitility.await("RabbitMQ's start")
                .atMost(Duration.ofSeconds(90))
                .until(() -> !process.isAlive() || Files.readString(output).contains("completed with"));
        if (!process.isAlive()) {
            throw new IOException("RabbitMQ ended: " + Files.readString(output));
        }
    }

    /** As in {@code RABBITMQ_DSN}. */
    public String dsn() {
        return "amqp://guest:guest@127.0.0.1:" + port;
    }

    public int port() {
        return port;
    }

    @Override
    public void close() throws IOException {
        try {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
            stopPortMapper();
            new ForeignProgram(Path.of("/bin/rm")).run("-rf", folder.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while RabbitMQ was stopping", e);
        }
    }

    /** Erlang leaves it behind as a daemon. */
    private void stopPortMapper() {
        Peers.require("epmd").with("ERL_EPMD_PORT", String.valueOf(mapperPort)).succeeds("-kill");
    }
}
