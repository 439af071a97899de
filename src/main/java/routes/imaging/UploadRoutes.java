package routes.imaging;

import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;
import routes.imaging.event.StreamMessages;
import routes.imaging.store.EventUploads;

/**
 * Stream → tar → S3 → stream. The entry is acknowledged when the object is complete, verified and announced. When a
 * process dies before that, another one finds the object or uploads it again under the same key.
 */
@Component
class UploadRoutes extends RouteBuilder {

    private final StreamMessages messages;
    private final EventUploads uploads;

    UploadRoutes(StreamMessages messages, EventUploads uploads) {
        this.messages = messages;
        this.uploads = uploads;
    }

    @Override
    public void configure() {
        from("redis-stream:{{imaging.streams.events}}?group={{imaging.streams.upload-group}}"
                        + "&consumerName={{imaging.consumer-name}}&concurrentConsumers={{imaging.upload.jobs}}&count=1"
                        + "&retryDelays={{imaging.upload.retry-delays}}&maxDeliveries=0"
                        + "&deadAfter={{imaging.upload.retry-for}}")
                .routeId("imaging-upload-event")
                .routeDescription("Uploads the images of an event as one tar and announces the object")
                .routeConfigurationId("retry-at-source")
                .autoStartup("{{imaging.upload.enabled}}")
                .bean(messages, "readEvent")
                .setProperty("ref_id", simple("${body.refId}"))
                .to("sql:classpath:sql/imaging/find-export.sql?outputHeader=recorded")
                .id("find-recorded-upload")
                .filter(method(uploads, "isWanted(${body}, ${header.recorded})"))
                .bean(uploads, "upload(${body}, ${header.recorded})")
                .id("upload-tar")
                .bean(messages, "writeExport")
                .to("redis-stream:{{imaging.streams.exports}}")
                .id("append-export")
                .log("Upload announced");
    }
}
