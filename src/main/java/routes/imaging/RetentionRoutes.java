package routes.imaging;

import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.RouteDefinition;
import org.springframework.stereotype.Component;
import routes.imaging.retention.Retention;

/**
 * Deletes files that are past their lifespan and proven to be uploaded, and trims the streams. A row leaves the list
 * of due files only when its files are gone, so that an outage makes it forget nothing, and records why files are
 * kept. Runs in one process at a time.
 */
@Component
class RetentionRoutes extends RouteBuilder {

    private static final String SQL = "sql:classpath:sql/imaging/";

    private static final String DELETED = "micrometer:counter:imaging.purge.deleted"
            + "?metricsDescription=Sources and staging copies that retention has deleted&tags.kind=";

    private final Retention retention;

    RetentionRoutes(Retention retention) {
        this.retention = retention;
    }

    @Override
    public void configure() {
        route("imaging-remove-due-files", "Deletes sources and staging copies that are due")
                .to("direct:imaging-remove-due-sources")
                .to("direct:imaging-remove-due-staging")
                .to("direct:imaging-report-overdue");

        route("imaging-remove-due-sources", "Deletes sources that are past their lifespan and proven to be uploaded")
                .to(SQL + "list-unrecorded-sources.sql")
                .id("list-unrecorded-sources")
                .setProperty("unrecorded", method(retention, "unrecorded"))
                .transform(method(retention, "sourceCutoff"))
                .to(SQL + "list-due-sources.sql?outputType=StreamList")
                .id("list-due-sources")
                .split(body())
                .streaming()
                .id("each-due-source")
                .transform(method(retention, "dueSource"))
                .filter(method(retention, "covers"))
                .setHeader("ref_id", simple("${body.refId}"))
                .to(SQL + "show-event.sql?outputHeader=event")
                .id("find-event-of-source")
                .setProperty(
                        "kept",
                        method(retention, "removeSource(${body}, ${header.event}, ${exchangeProperty.unrecorded})"))
                .choice()
                .when(exchangeProperty("kept").isNotNull())
                .to(SQL + "mark-source-kept.sql?noop=true")
                .id("mark-source-kept")
                .otherwise()
                .to(SQL + "mark-source-removed.sql?noop=true")
                .id("mark-source-removed")
                .to(DELETED + "source")
                .id("count-removed-source");

        route(
                        "imaging-remove-due-staging",
                        "Deletes staging copies that are past their lifespan and proven to be uploaded")
                .transform(method(retention, "stagingCutoff"))
                .to(SQL + "list-due-staging.sql?outputType=StreamList")
                .id("list-due-staging")
                .split(body())
                .streaming()
                .id("each-due-staging")
                .transform(method(retention, "dueStaging"))
                .setHeader("ref_id", simple("${body.refId}"))
                .to(SQL + "show-event.sql?outputHeader=event")
                .id("find-event-of-staging")
                .setProperty("kept", method(retention, "removeStaging(${body}, ${header.event})"))
                .choice()
                .when(exchangeProperty("kept").isNotNull())
                .to(SQL + "mark-staging-kept.sql?noop=true")
                .id("mark-staging-kept")
                .otherwise()
                .to(SQL + "mark-staging-removed.sql?noop=true")
                .id("mark-staging-removed")
                .to(DELETED + "staging")
                .id("count-removed-staging");

        route("imaging-report-overdue", "Warns of events that are past their lifespan and not uploaded")
                .transform(method(retention, "sourceCutoff"))
                .to(SQL + "list-overdue.sql")
                .id("list-overdue")
                .transform(method(retention, "warnOfOverdue"));

        route("imaging-list-due-files", "Lists what is due, without deleting it")
                .transform(method(retention, "sourceCutoff"))
                .to(SQL + "list-due-sources.sql?outputHeader=dueSources")
                .id("describe-due-sources")
                .transform(method(retention, "stagingCutoff"))
                .to(SQL + "list-due-staging.sql?outputHeader=dueStaging")
                .id("describe-due-staging")
                .to(SQL + "list-unrecorded-sources.sql?outputHeader=unrecorded")
                .id("describe-unrecorded-sources")
                .transform(method(
                        retention, "describeAll(${header.dueSources}, ${header.dueStaging}, ${header.unrecorded})"));

        route("imaging-trim-streams", "Trims what every consumer has read and acknowledged")
                .to("redis-stream:{{imaging.streams.events}}?operation=trim&retention={{imaging.streams.retention}}"
                        + "&requiredGroups={{imaging.streams.upload-group}},{{imaging.streams.import-group}}")
                .id("trim-events")
                .to("redis-stream:{{imaging.streams.exports}}?operation=trim&retention={{imaging.streams.retention}}"
                        + "&requiredGroups={{imaging.streams.export-group}}")
                .id("trim-exports");
    }

    private RouteDefinition route(String id, String description) {
        return from("direct:" + id).routeId(id).routeDescription(description).routeConfigurationId("caller");
    }
}
