package routes.imaging;

import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.sql.SqlConstants;
import org.springframework.stereotype.Component;
import routes.imaging.event.StreamMessages;
import routes.imaging.record.ExportRow;
import routes.imaging.record.ImagingEventRow;
import routes.imaging.record.KnownEvents;
import routes.imaging.record.RecordedExports;

/**
 * Streams → database. An entry is acknowledged after the commit; a second delivery changes nothing; an upload that
 * comes before its event waits for it without holding up the others.
 */
@Component
class StateRoutes extends RouteBuilder {

    private static final String RETRY = "retryDelays=1s,2s,4s,8s,16s,32s,1m,2m,5m&maxDeliveries=0&deadAfter=7d";

    private final StreamMessages messages;
    private final KnownEvents knownEvents;
    private final RecordedExports recordedExports;

    StateRoutes(StreamMessages messages, KnownEvents knownEvents, RecordedExports recordedExports) {
        this.messages = messages;
        this.knownEvents = knownEvents;
        this.recordedExports = recordedExports;
    }

    @Override
    public void configure() {
        importEvent();
        recordExport();
    }

    private void importEvent() {
        from("redis-stream:{{imaging.streams.events}}?group={{imaging.streams.import-group}}"
                        + "&consumerName={{imaging.consumer-name}}&" + RETRY)
                .routeId("imaging-import-event")
                .routeDescription("Records a new imaging event and where its images are")
                .routeConfigurationId("retry-at-source")
                .autoStartup("{{imaging.state.enabled}}")
                .bean(messages, "readEvent")
                .setProperty("ref_id", simple("${body.refId}"))
                .transform(method(ImagingEventRow.class, "of(${body}, ${header.CamelRedisStreamId})"))
                .transacted()
                .to("sql:classpath:sql/imaging/insert-imaging-event.sql?noop=true")
                .id("insert-imaging-event")
                .choice()
                .when(header(SqlConstants.SQL_UPDATE_COUNT).isGreaterThan(0))
                .to("sql:classpath:sql/imaging/insert-src-dir-info.sql?noop=true")
                .id("insert-src-dir-info")
                .log("Event of ${body.system} recorded")
                .otherwise()
                .to("sql:classpath:sql/imaging/find-imaging-event.sql?outputHeader=knownEvents")
                .id("find-repeated-event")
                .setProperty("differences", method(knownEvents, "differences(${body}, ${header.knownEvents})"))
                .to("direct:imaging-note-repeated-event");

        from("direct:imaging-note-repeated-event")
                .routeId("imaging-note-repeated-event")
                .routeDescription("Counts an event that came again with other values; the first one stays")
                .routeConfigurationId("caller")
                .choice()
                .when(simple("${exchangeProperty.differences.isEmpty}"))
                .log("Event was recorded before, nothing changes")
                .otherwise()
                .log(
                        "WARN: [${body.refId}] conflicts with the recorded event in ${exchangeProperty.differences}; the first stays")
                .to("micrometer:counter:imaging.events.conflicts"
                        + "?metricsDescription=Events that came again with other values; the first ones stay")
                .id("count-event-conflict");
    }

    private void recordExport() {
        from("redis-stream:{{imaging.streams.exports}}?group={{imaging.streams.export-group}}"
                        + "&consumerName={{imaging.consumer-name}}&" + RETRY)
                .routeId("imaging-record-export")
                .routeDescription("Records size, checksum and key of an upload")
                .routeConfigurationId("retry-at-source")
                .autoStartup("{{imaging.state.enabled}}")
                .bean(messages, "readExport")
                .setProperty("ref_id", simple("${body.refId}"))
                .transform(method(ExportRow.class, "of"))
                .transacted()
                .to("sql:classpath:sql/imaging/find-export.sql?outputHeader=recorded")
                .id("find-export")
                .setProperty("outcome", method(recordedExports, "compare(${body}, ${header.recorded})"))
                .choice()
                .when(exchangeProperty("outcome").isEqualTo(RecordedExports.Outcome.NEW))
                .transform(method(recordedExports, "attach(${body}, ${header.recorded})"))
                .to("sql:classpath:sql/imaging/insert-event-archive.sql?noop=true")
                .id("insert-event-archive")
                .to("sql:classpath:sql/imaging/insert-archive-checksum.sql?noop=true")
                .id("insert-archive-checksum")
                .to("sql:classpath:sql/imaging/insert-object-store-entry.sql?noop=true")
                .id("insert-object-store-entry")
                .bean(
                        recordedExports,
                        "requireInserted(${body}, ${header.CamelSqlUpdateCount}, ${header.CamelRedisStreamDeliveries})")
                .log("Upload recorded")
                .when(exchangeProperty("outcome").isEqualTo(RecordedExports.Outcome.REPLACES))
                .transform(method(recordedExports, "attach(${body}, ${header.recorded})"))
                .to("sql:classpath:sql/imaging/update-event-archive.sql?noop=true")
                .id("update-event-archive")
                .to("sql:classpath:sql/imaging/update-archive-checksum.sql?noop=true")
                .id("update-archive-checksum")
                .to("sql:classpath:sql/imaging/update-object-store-entry.sql?noop=true")
                .id("update-object-store-entry")
                .to("sql:classpath:sql/imaging/update-src-dir-info.sql?noop=true")
                .id("update-src-dir-info")
                .log("New upload recorded")
                .when(exchangeProperty("outcome").isEqualTo(RecordedExports.Outcome.CONFLICT))
                .to(
                        "micrometer:counter:imaging.exports.conflicts"
                                + "?metricsDescription=Uploads that were announced again with other values; the first ones stay")
                .id("count-export-conflict");
    }
}
