package routes.local;

import java.nio.file.Path;
import java.util.Map;

import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/** Artemis in this JVM with its journal on disk; core (JMS), AMQP 1.0 and STOMP on one port. */
final class ArtemisBroker implements LocalServer {

    private static final int JOURNAL_FILE_BYTES = (int) DataSize.ofMegabytes(2).toBytes();
    private static final long MEMORY_OF_ALL_QUEUES = DataSize.ofMegabytes(32).toBytes();

    /** With less free space producers are blocked, so that the journal never fills the disk. */
    private static final long LEAST_DISK_FREE = DataSize.ofMegabytes(50).toBytes();

    private final Path folder;
    private final int port;
    private @Nullable EmbeddedActiveMQ broker;

    ArtemisBroker(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    @Override
    public LocalService service() {
        return LocalService.JMS;
    }

    @Override
    public String address() {
        return "tcp://%s:%d".formatted(LoopbackPort.HOST, port);
    }

    @Override
    public Path folder() {
        return folder;
    }

    @Override
    public Map<String, Object> clientProperties() {
        return Map.of("spring.artemis.broker-url", address(), "spring.artemis.mode", "native");
    }

    @Override
    public synchronized void start() throws Exception {
        LoopbackPort.requireFree(port, service());
        broker = new EmbeddedActiveMQ().setConfiguration(configuration());
        broker.start();
        if (!broker.getActiveMQServer().isActive()) {
            throw new LocalServiceException(
                    "The local JMS broker did not become active with its journal in %s.".formatted(folder),
                    "See the log lines of org.apache.activemq above, or point %s at a running broker."
                            .formatted(service().addressKey()));
        }
    }

    private Configuration configuration() throws Exception {
        return new ConfigurationImpl()
                .setName("caravan-" + port)
                .setSecurityEnabled(false)
                .setJMXManagementEnabled(false)
                .addAcceptorConfiguration("loopback", address() + "?protocols=CORE,AMQP,STOMP")
                .setPersistenceEnabled(true)
                .setJournalType(JournalType.NIO)
                .setJournalFileSize(JOURNAL_FILE_BYTES)
                .setJournalMinFiles(2)
                .setJournalDirectory(folder.resolve("journal").toString())
                .setBindingsDirectory(folder.resolve("bindings").toString())
                .setPagingDirectory(folder.resolve("paging").toString())
                .setLargeMessagesDirectory(folder.resolve("large-messages").toString())
                .setMinDiskFree(LEAST_DISK_FREE)
                .setGlobalMaxSize(MEMORY_OF_ALL_QUEUES)
                .addAddressSetting("#", everyAddress());
    }

    /** In every protocol a name means a queue; undeliverable messages are kept. */
    private static AddressSettings everyAddress() {
        return new AddressSettings()
                .setDefaultAddressRoutingType(RoutingType.ANYCAST)
                .setDefaultQueueRoutingType(RoutingType.ANYCAST)
                .setAutoDeleteAddresses(false)
                .setAutoDeleteQueues(false)
                .setDeadLetterAddress(SimpleString.of("DLQ"))
                .setExpiryAddress(SimpleString.of("ExpiryQueue"));
    }

    @Override
    public synchronized void stop() throws Exception {
        if (broker != null) {
            broker.stop();
        }
    }
}
