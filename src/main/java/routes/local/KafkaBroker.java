package routes.local;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Features;
import org.apache.kafka.server.common.MetadataVersion;
import org.jspecify.annotations.Nullable;

/** One KRaft node in this JVM, which is broker and controller. */
final class KafkaBroker implements LocalServer {

    private static final int NODE = 1;
    private static final String CONTROLLER = "CONTROLLER";

    private final Path folder;
    private final int port;
    private @Nullable KafkaRaftServer server;
    private volatile @Nullable String fatal;

    KafkaBroker(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    @Override
    public LocalService service() {
        return LocalService.KAFKA;
    }

    @Override
    public String address() {
        return LoopbackPort.HOST + ":" + port;
    }

    @Override
    public Path folder() {
        return folder;
    }

    @Override
    public Map<String, Object> clientProperties() {
        return Map.of("camel.component.kafka.brokers", address());
    }

    @Override
    public Optional<String> trouble() {
        return Optional.ofNullable(fatal);
    }

    @Override
    public synchronized void start() throws Exception {
        LoopbackPort.requireFree(port, service());
        keepTheJvmAlive();
        Files.createDirectories(folder);
        if (Files.notExists(folder.resolve("meta.properties"))) {
            format();
        }
        server = new KafkaRaftServer(new KafkaConfig(settings(), false), Time.SYSTEM);
        server.startup();
    }

    /** After a fatal fault, such as a full disk, Kafka ends its process, which here would be Caravan. */
    private void keepTheJvmAlive() {
        Exit.Procedure report = (status, message) -> {
            fatal = "Kafka gave up (status %d%s); see the log lines of org.apache.kafka. Its data is in %s"
                    .formatted(status, message == null ? "" : ", " + message, folder);
            throw new IllegalStateException(fatal);
        };
        Exit.setExitProcedure(report);
        Exit.setHaltProcedure(report);
    }

    /** Does what {@code kafka-storage.sh format} does. It writes meta.properties last, so a killed one starts over. */
    private void format() throws Exception {
        Formatter formatter = new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .setNodeId(NODE)
                .setClusterId(Uuid.randomUuid().toString())
                .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                .setSupportedFeatures(Features.PRODUCTION_FEATURES)
                .setControllerListenerName(CONTROLLER)
                .setDirectories(List.of(folder.toString()))
                .setMetadataLogDirectory(folder.toString());
        formatter.run();
    }

    private Map<String, String> settings() {
        int controllerPort = LoopbackPort.free();
        return Map.ofEntries(
                Map.entry("process.roles", "broker,controller"),
                Map.entry("node.id", Integer.toString(NODE)),
                Map.entry(
                        "listeners",
                        "PLAINTEXT://%s,CONTROLLER://%s:%d".formatted(address(), LoopbackPort.HOST, controllerPort)),
                Map.entry("advertised.listeners", "PLAINTEXT://" + address()),
                Map.entry("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT"),
                Map.entry("controller.listener.names", CONTROLLER),
                Map.entry("controller.quorum.voters", "%d@%s:%d".formatted(NODE, LoopbackPort.HOST, controllerPort)),
                Map.entry("log.dirs", folder.toString()),
                // There is only one node to replicate to and to wait for
                Map.entry("offsets.topic.replication.factor", "1"),
                Map.entry("offsets.topic.num.partitions", "4"),
                Map.entry("transaction.state.log.replication.factor", "1"),
                Map.entry("transaction.state.log.min.isr", "1"),
                Map.entry("transaction.state.log.num.partitions", "4"),
                Map.entry("group.initial.rebalance.delay.ms", "0"),
                // After a kill, the next start waits until the controller has given up the old broker's session
                Map.entry("broker.session.timeout.ms", "3000"),
                Map.entry("broker.heartbeat.interval.ms", "500"),
                // The defaults suit a dedicated machine: 128 MB for the log cleaner alone
                Map.entry("log.cleaner.dedupe.buffer.size", "2097152"),
                Map.entry("num.network.threads", "2"),
                Map.entry("num.io.threads", "2"),
                Map.entry("background.threads", "2"));
    }

    @Override
    public synchronized void stop() {
        if (server != null) {
            server.shutdown();
            server.awaitShutdown();
        }
    }
}
