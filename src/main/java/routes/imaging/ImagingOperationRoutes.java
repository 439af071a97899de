package routes.imaging;

import org.apache.camel.Exchange;
import org.springframework.stereotype.Component;
import routes.imaging.event.StreamMessages;
import routes.imaging.event.inbox.Backlog;
import routes.imaging.record.ApiQueries;
import routes.imaging.record.OperationAnswers;
import routes.imaging.store.ObjectCheck;
import routes.platform.rest.OperationRoutes;

/** The operations that an operator can start over HTTP. Each can be repeated without harm. */
@Component
class ImagingOperationRoutes extends OperationRoutes {

    private static final String SQL = "sql:classpath:sql/imaging/";

    private final ApiQueries queries;
    private final Backlog backlog;
    private final StreamMessages messages;
    private final ObjectCheck objectCheck;
    private final OperationAnswers answers;

    ImagingOperationRoutes(
            ApiQueries queries,
            Backlog backlog,
            StreamMessages messages,
            ObjectCheck objectCheck,
            OperationAnswers answers) {
        this.queries = queries;
        this.backlog = backlog;
        this.messages = messages;
        this.objectCheck = objectCheck;
        this.answers = answers;
    }

    @Override
    public void configure() {
        ingestBacklog();
        requeueDead();
        purge();
        uploadAgain();
        verifyObject();
    }

    private void ingestBacklog() {
        operation(
                        "imaging-ingest-backlog",
                        "Publishes the events of a span of time again, and those that wait as files")
                .transform(method(queries, "backlog"))
                .setProperty("waiting", method(backlog, "waiting"))
                .to(SQL + "list-events-to-publish-again.sql")
                .id("list-events-to-publish-again")
                .setProperty("recorded", body())
                .split(exchangeProperty("waiting"))
                .stopOnException()
                .id("each-waiting-event")
                .to("direct:imaging-publish-event")
                .bean(backlog, "finish(${exchangeProperty.pendingEvent})")
                .end()
                .split(exchangeProperty("recorded"))
                .stopOnException()
                .id("each-recorded-event")
                .bean(messages, "writeRecordedEvent")
                .to("redis-stream:{{imaging.streams.events}}")
                .id("append-recorded-event")
                .end()
                .transform(method(answers, "accepted(${exchangeProperty.waiting}, ${exchangeProperty.recorded})"))
                .to(ANSWER)
                .setHeader(Exchange.HTTP_RESPONSE_CODE, constant(202));
    }

    private void requeueDead() {
        operation("imaging-requeue-dead", "Puts the dead entries of a stream back")
                .setProperty("stream", method(queries, "stream"))
                .choice()
                .when(exchangeProperty("stream").isEqualTo(simple("{{imaging.streams.events}}")))
                .to("redis-stream:{{imaging.streams.events}}?operation=requeueDead")
                .id("requeue-dead-events")
                .otherwise()
                .to("redis-stream:{{imaging.streams.exports}}?operation=requeueDead")
                .id("requeue-dead-exports")
                .end()
                .transform(method(answers, "requeued(${exchangeProperty.stream}, ${body})"))
                .to(ANSWER);
    }

    private void purge() {
        operation("imaging-purge", "Deletes what is due, or lists it")
                .setProperty("dryRun", simple("${header.dry_run} == 'true'", Boolean.class))
                .to("direct:imaging-list-due-files")
                .setProperty("due", body())
                .choice()
                .when(exchangeProperty("dryRun").isEqualTo(false))
                .to("direct:imaging-remove-due-files")
                .to("direct:imaging-list-due-files")
                .end()
                .setProperty("left", body())
                .to("direct:imaging-report-overdue")
                .transform(
                        method(
                                answers,
                                "purge(${exchangeProperty.dryRun}, ${exchangeProperty.due}, ${exchangeProperty.left}, ${body})"))
                .to(ANSWER);
    }

    private void uploadAgain() {
        operation("imaging-upload-again", "Publishes one event to the uploaders again")
                .to(SQL + "show-event.sql")
                .id("find-event-to-upload-again")
                .transform(method(backlog, "requireRecorded"))
                .setProperty("event", body())
                .bean(messages, "writeEventToUploadAgain")
                .to("redis-stream:{{imaging.streams.events}}")
                .id("append-event-to-upload-again")
                .transform(method(answers, "queued(${exchangeProperty.event})"))
                .to(ANSWER)
                .setHeader(Exchange.HTTP_RESPONSE_CODE, constant(202));
    }

    private void verifyObject() {
        operation("imaging-verify-object", "Compares an object with what was recorded of it")
                .to(SQL + "show-event.sql")
                .id("find-event-to-verify")
                .transform(method(objectCheck, "verify"))
                .to(ANSWER);
    }
}
