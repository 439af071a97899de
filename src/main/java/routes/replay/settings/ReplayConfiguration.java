package routes.replay.settings;

import java.util.Map;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.camel.spi.ComponentCustomizer;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.server.ConfigurableWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import routes.component.framestore.FrameStoreComponent;
import routes.component.framestore.FrameStoreConfiguration;
import routes.component.framestore.api.Compaction;
import routes.component.framestore.api.Durability;
import routes.replay.ReplayProperties;
import routes.replay.protocol.Generation;
import routes.replay.protocol.ProtocolVersions;

/** Wires what all stages of the replay workflow use. */
@Configuration
public class ReplayConfiguration {

    @Bean
    ReplaySettings replaySettings(
            ReplayProperties replay, ObjectMapper json, @Value("${server.port}") int managementPort) {
        return replay.originalFile()
                .map(file -> new ReplayConfigurationFile(json, new EnvironmentVariables(System.getenv())).read(file))
                .orElseGet(() -> replay.settings(managementPort));
    }

    @Bean
    ProtocolVersions protocolVersions(ReplayProperties replay) {
        ReplayProperties.Protocol protocol = replay.protocol();
        return new ProtocolVersions(
                protocol.accepted(),
                protocol.announced(),
                Map.of(Generation.ONE, protocol.generation1(), Generation.TWO, protocol.generation2()));
    }

    /** The store that all endpoints {@code frame-store:replay} share. */
    @Bean
    ComponentCustomizer replayFrameStore(ReplaySettings settings, ReplayProperties replay) {
        return ComponentCustomizer.builder(FrameStoreComponent.class)
                .build(component -> configure(component.getConfiguration(), settings.storage(), replay.storage()));
    }

    private static void configure(
            FrameStoreConfiguration store, ReplaySettings.Storage settings, ReplayProperties.Storage replay) {
        store.setDirectory(settings.path());
        store.setTtl(settings.dataExpirationTtl().toMillis());
        store.setDurability(settings.disableWal() ? Durability.memory : replay.durability());
        store.setMinFreeSpace(replay.minFreeSpace().toBytes());
        store.setMaxTotalWalSize(settings.maxTotalWalSize());
        // RocksDB's FIFO would drop what is held, so it is not offered; for the store it means the same as universal.
        store.setCompaction(
                settings.compactionStyle() == ReplaySettings.CompactionStyle.LEVEL
                        ? Compaction.level
                        : Compaction.universal);
        store.setMaxLogFileSize(settings.maxLogFileSize());
        store.setKeepLogFileNum(settings.keepLogFileNum());
    }

    /** The original's file says where its clients look for HTTP. */
    @Bean
    WebServerFactoryCustomizer<ConfigurableWebServerFactory> managementPort(
            ReplayProperties replay, ReplaySettings settings) {
        return server -> replay.originalFile()
                .ifPresent(file -> server.setPort(settings.common().managementPort()));
    }
}
