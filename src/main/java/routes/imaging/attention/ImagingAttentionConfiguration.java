package routes.imaging.attention;

import java.util.List;

import org.apache.camel.CamelContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import routes.component.redisstream.RedisStreamEndpoint;
import routes.imaging.ImagingProperties;
import routes.imaging.event.SystemShares;
import routes.imaging.event.inbox.EventInbox;

/** What imaging contributes to the attention list. */
@Configuration
class ImagingAttentionConfiguration {

    @Bean
    WaitingEvents waitingEvents(List<EventInbox> inboxes) {
        return new WaitingEvents(inboxes);
    }

    @Bean
    RefusedEvents refusedEvents(SystemShares shares) {
        return new RefusedEvents(shares);
    }

    @Bean
    UnknownSystems unknownSystems(SystemShares shares) {
        return new UnknownSystems(shares);
    }

    @Bean
    KeptSources keptSources(JdbcClient sql) {
        return new KeptSources(sql);
    }

    @Bean
    DeadStreamEntries deadEvents(CamelContext camel, ImagingProperties imaging) {
        return deadEntries("imaging-dead-event", imaging.streams().events(), camel);
    }

    @Bean
    DeadStreamEntries deadExports(CamelContext camel, ImagingProperties imaging) {
        return deadEntries("imaging-dead-export", imaging.streams().exports(), camel);
    }

    private static DeadStreamEntries deadEntries(String name, String stream, CamelContext camel) {
        return new DeadStreamEntries(
                name, stream, () -> camel.getEndpoint("redis-stream:" + stream, RedisStreamEndpoint.class)
                        .deadEntries());
    }
}
