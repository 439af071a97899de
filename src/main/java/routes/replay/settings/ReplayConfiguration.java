package routes.replay.settings;

import java.util.Map;

import org.apache.camel.spi.ComponentCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import routes.component.framestore.FrameStoreComponent;
import routes.component.framestore.FrameStoreConfiguration;
import routes.replay.ReplayProperties;
import routes.replay.protocol.Generation;
import routes.replay.protocol.ProtocolVersions;

/** Wires what all stages of the replay workflow use. */
@Configuration
public class ReplayConfiguration {

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
    ComponentCustomizer replayFrameStore(ReplayProperties replay) {
        return ComponentCustomizer.builder(FrameStoreComponent.class)
                .build(component -> configure(component.getConfiguration(), replay.storage()));
    }

    private static void configure(FrameStoreConfiguration store, ReplayProperties.Storage replay) {
        store.setDirectory(replay.directory());
        store.setTtl(replay.ttl().toMillis());
        store.setDurability(replay.durability());
        store.setMinFreeSpace(replay.minFreeSpace().toBytes());
        store.setMaxTotalWalSize(replay.maxTotalWalSize().toBytes());
        store.setCompaction(replay.compactionStyle());
        store.setMaxLogFileSize(replay.maxLogFileSize().toBytes());
        store.setKeepLogFileNum(replay.keepLogFileNum());
    }
}
