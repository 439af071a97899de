package routes.imaging;

import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.sql.SqlConstants;
import org.springframework.stereotype.Component;
import routes.imaging.record.KnownArchives;
import routes.imaging.record.TapeNotification;
import routes.platform.InvalidInputException;

/**
 * Notifications of the tape archiver → database. Each tar of a notification is its own transaction, so that one bad
 * tar does not keep the others from being recorded; the notification is acknowledged when all are.
 */
@Component
class TapeRoutes extends RouteBuilder {

    private static final int FURTHER_TRIES = 9;

    private static final String RABBIT_QUEUE = "spring-rabbitmq:default?queues=state-manager.dead"
            + "&routingKey=state-manager.dead&arg.queue.durable=true&autoDeclareProducer=true"
            + "&skipDeclareExchange=true&skipBindQueue=true&confirm=enabled";

    private final TapeNotification.Reader reader;
    private final KnownArchives knownArchives;
    private final String deadUri;

    TapeRoutes(TapeNotification.Reader reader, KnownArchives knownArchives, ImagingProperties properties) {
        this.reader = reader;
        this.knownArchives = knownArchives;
        this.deadUri = deadUri(properties.tape());
    }

    private static String deadUri(ImagingProperties.Tape tape) {
        if (!tape.deadUri().isBlank()) {
            return tape.deadUri();
        }
        return tape.uri().startsWith("spring-rabbitmq:") ? RABBIT_QUEUE : "jms:queue:state-manager.dead";
    }

    @Override
    public void configure() {
        from("direct:imaging-record-tape-notification")
                .routeId("imaging-record-tape-notification")
                .routeDescription("Records which objects the tape archiver has written to which tar")
                .routeConfigurationId("retry-at-source")
                .onException(InvalidInputException.class)
                .handled(true)
                .useOriginalMessage()
                .log(
                        "ERROR: A notification of the tape archiver is wrong and goes to the dead ones: ${exception.message}")
                .to(deadUri)
                .id("bury-unreadable-notification")
                .end()
                .onException(Exception.class)
                .maximumRedeliveries(FURTHER_TRIES)
                .redeliveryDelay(1000)
                .useExponentialBackOff()
                .backOffMultiplier(2)
                .maximumRedeliveryDelay(300_000)
                .handled(true)
                .useOriginalMessage()
                .log(
                        "ERROR: A notification of the tape archiver could not be recorded and goes to the dead ones: ${exception.message}")
                .to(deadUri)
                .id("bury-unrecorded-notification")
                .end()
                .convertBodyTo(byte[].class)
                .bean(reader, "read")
                .to("direct:imaging-record-tape-archives")
                .log("Tape archiver's job ${body.jobId} recorded with ${body.archives.size} tars");

        // Without an error policy of its own: the caller's policy would retry, and bury, each part of the split
        // separately.
        from("direct:imaging-record-tape-archives")
                .routeId("imaging-record-tape-archives")
                .routeDescription("Records each tar of a notification, also those after one that fails, and then fails")
                .routeConfigurationId("caller")
                .split(simple("${body.archives}"))
                .id("each-tape-archive")
                .to("direct:imaging-record-tape-archive");

        from("direct:imaging-record-tape-archive")
                .routeId("imaging-record-tape-archive")
                .routeDescription("Records one tar on tape with its members, all or nothing")
                .routeConfigurationId("caller")
                .transacted()
                .to("sql:classpath:sql/imaging/insert-data-archive-entry.sql?noop=true")
                .id("insert-data-archive-entry")
                .filter(header(SqlConstants.SQL_UPDATE_COUNT).isEqualTo(0))
                .to("sql:classpath:sql/imaging/find-data-archive-entries.sql?outputHeader=knownArchives")
                .id("find-data-archive-entries")
                .bean(knownArchives, "requirePath(${body}, ${header.knownArchives})")
                .end()
                .split(simple("${body.members}"))
                .stopOnException()
                .id("each-tape-archive-member")
                .to("sql:classpath:sql/imaging/insert-data-archive-member.sql?noop=true")
                .id("insert-data-archive-member");
    }
}
