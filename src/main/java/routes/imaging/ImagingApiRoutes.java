package routes.imaging;

import org.springframework.stereotype.Component;
import routes.imaging.record.ApiAnswers;
import routes.imaging.record.ApiQueries;
import routes.imaging.record.ExportsCsv;
import routes.platform.rest.OperationRoutes;

/** Database → HTTP. The contract {@code openapi/imaging.yaml} calls these routes by their ids. */
@Component
class ImagingApiRoutes extends OperationRoutes {

    private static final String SQL = "sql:classpath:sql/imaging/";

    private final ApiQueries queries;
    private final ApiAnswers answers;
    private final ExportsCsv exportsCsv = new ExportsCsv();

    ImagingApiRoutes(ApiQueries queries, ApiAnswers answers) {
        this.queries = queries;
        this.answers = answers;
    }

    @Override
    public void configure() {
        operation("imaging-list-exports", "Lists uploads with their download URLs")
                .setProperty("csv", method(queries, "wantsCsv(${headers})"))
                .transform(method(queries, "exports(${headers})"))
                .to(SQL + "count-exports.sql?outputType=SelectOne&outputHeader=count")
                .id("count-exports")
                .to(SQL + "list-exports.sql")
                .id("list-exports")
                .transform(method(answers, "exports(${body}, ${header.count})"))
                .choice()
                .when(exchangeProperty("csv"))
                .to("direct:imaging-answer-csv")
                .otherwise()
                .to(ANSWER);

        operation("imaging-list-archives", "Lists tars on tape")
                .transform(method(queries, "events(${headers})"))
                .to(SQL + "count-archives.sql?outputType=SelectOne&outputHeader=count")
                .id("count-archives")
                .to(SQL + "list-archives.sql")
                .id("list-archives")
                .transform(method(answers, "archives(${body}, ${header.count})"))
                .to(ANSWER);

        operation("imaging-show-archive", "Shows a tar on tape with its members")
                .to(SQL + "list-archive-members.sql?outputHeader=members")
                .id("list-archive-members")
                .to(SQL + "show-archive.sql")
                .id("show-archive")
                .transform(method(answers, "archive(${body}, ${header.members})"))
                .to(ANSWER);

        operation("imaging-list-daily-stats", "Counts events, uploads and archived events by day")
                .to(SQL + "list-daily-stats.sql")
                .id("list-daily-stats")
                .transform(method(answers, "dailyStats"))
                .to(ANSWER);

        operation("imaging-list-events", "Lists time steps with their state")
                .transform(method(queries, "events(${headers})"))
                .to(SQL + "count-events.sql?outputType=SelectOne&outputHeader=count")
                .id("count-events")
                .to(SQL + "list-events.sql")
                .id("list-events")
                .transform(method(answers, "events(${body}, ${header.count})"))
                .to(ANSWER);

        operation("imaging-show-event", "Shows one time step with its state")
                .to(SQL + "list-event-archives.sql?outputHeader=archives")
                .id("list-event-archives")
                .to(SQL + "show-event.sql")
                .id("show-event")
                .transform(method(answers, "event(${body}, ${header.archives})"))
                .to(ANSWER);

        from("direct:imaging-answer-csv")
                .routeId("imaging-answer-csv")
                .routeDescription("Turns a page of uploads into CSV, which has no place for their number but a header")
                .routeConfigurationId("caller")
                .removeHeaders("*")
                .setHeader("X-Total-Count", simple("${body[count]}"))
                .transform(method(exportsCsv, "write(${body[data]})"))
                .setHeader("Content-Type", constant("text/csv; charset=utf-8"));
    }
}
