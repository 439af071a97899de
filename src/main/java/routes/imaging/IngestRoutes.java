package routes.imaging;

import java.io.File;
import java.util.Comparator;
import java.util.List;

import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileFilter;
import org.springframework.stereotype.Component;
import routes.imaging.event.StreamMessages;
import routes.imaging.event.inbox.EventInbox;
import routes.imaging.event.inbox.EventReadiness;
import routes.imaging.event.inbox.PollListener;
import routes.imaging.event.inbox.Staging;
import routes.imaging.record.KnownEvents;
import routes.platform.InvalidInputException;

/**
 * Event file → stream, one route for each system. The file is removed only when the entry is in the stream. A process
 * that dies in between publishes the event again, and the readers of the stream recognize the duplicate.
 */
@Component
class IngestRoutes extends RouteBuilder {

    private static final String INGESTED = "micrometer:counter:imaging.events.ingested"
            + "?metricsDescription=Event files whose event was appended to the stream&tags.system=";
    private static final String REFUSED = "micrometer:counter:imaging.events.refused"
            + "?metricsDescription=Event files that are wrong and were moved to .failed&tags.system=";
    private static final String POSTPONED = "micrometer:counter:imaging.events.postponed"
            + "?metricsDescription=Attempts at an event file that failed and are made again&tags.system=";

    private final List<EventInbox> inboxes;
    private final Staging staging;
    private final KnownEvents knownEvents;
    private final StreamMessages messages;

    IngestRoutes(List<EventInbox> inboxes, Staging staging, KnownEvents knownEvents, StreamMessages messages) {
        this.inboxes = inboxes;
        this.staging = staging;
        this.knownEvents = knownEvents;
        this.messages = messages;
    }

    @Override
    public void configure() {
        inboxes.forEach(this::ingestEvents);
        publishEvent();
    }

    private void ingestEvents(EventInbox inbox) {
        String system = inbox.share().system();
        from(eventFiles(inbox))
                .routeId("imaging-ingest-" + system)
                .routeDescription("Publishes the events of " + system + " that are complete, oldest first")
                .routeConfigurationId("retry-at-source")
                .autoStartup("{{imaging.ingest.enabled}}")
                .onException(InvalidInputException.class)
                .handled(true)
                .bean(inbox, "setAside(${exchangeProperty.eventFile}, ${exception})")
                .to(REFUSED + system)
                .id("count-refused-" + system)
                .end()
                .onException(Exception.class)
                .bean(inbox, "postpone(${exchangeProperty.eventFile}, ${exception})")
                .to(POSTPONED + system)
                .id("count-postponed-" + system)
                .end()
                .setProperty("eventFile", method(inbox, "fileOf"))
                .bean(inbox, "read(${exchangeProperty.eventFile})")
                .to("direct:imaging-publish-event")
                .bean(inbox, "finish(${exchangeProperty.pendingEvent})")
                .to(INGESTED + system)
                .id("count-ingested-" + system);
    }

    private void publishEvent() {
        from("direct:imaging-publish-event")
                .routeId("imaging-publish-event")
                .routeDescription(
                        "Copies the images to staging where that is wanted, then appends the event to the stream")
                .routeConfigurationId("caller")
                .setProperty("ref_id", simple("${body.event.refId}"))
                .to("sql:classpath:sql/imaging/find-imaging-event.sql?outputHeader=knownEvents")
                .id("find-imaging-event")
                .bean(knownEvents, "refuseConflict(${body}, ${header.knownEvents})")
                .removeHeader("knownEvents")
                .bean(staging, "stage")
                .id("stage-images")
                .setProperty("pendingEvent", body())
                .bean(messages, "writeEvent")
                .to("redis-stream:{{imaging.streams.events}}")
                .id("append-event");
    }

    /**
     * The route holds a lease, so that only one of several processes reads the folder. Camel lists, filters and
     * sorts; nothing is moved or locked on the share.
     */
    private String eventFiles(EventInbox inbox) {
        String system = inbox.share().system();
        GenericFileFilter<File> ready = file -> inbox.isReady(file.getFile());
        Comparator<GenericFile<File>> oldestFirst = Comparator.comparing(
                file -> inbox.fileOf(file.getFile()), inbox.readiness().oldestFirst());
        getContext().getRegistry().bind("imaging-polls-" + system, new PollListener(inbox));
        getContext().getRegistry().bind("imaging-ready-" + system, ready);
        getContext().getRegistry().bind("imaging-oldest-first-" + system, oldestFirst);
        return "master:imaging-ingest-" + system + ":file:" + inbox.share().events()
                + "?pollStrategy=#imaging-polls-" + system
                + "&filter=#imaging-ready-" + system
                + "&sorter=#imaging-oldest-first-" + system
                + "&noop=true&idempotent=false&readLock=none"
                + "&autoCreate=false&directoryMustExist=false&startingDirectoryMustExist=false"
                + "&maxMessagesPerPoll=" + EventReadiness.MOST_AT_ONCE + "&eagerMaxMessagesPerPoll=false&greedy=true"
                + "&initialDelay=0&delay={{imaging.ingest.poll-interval}}&bridgeErrorHandler=true";
    }
}
