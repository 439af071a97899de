package routes.replay;

import org.apache.camel.model.RouteDefinition;
import org.springframework.stereotype.Component;
import routes.replay.media.ClipExports;
import routes.replay.media.MediaQueries;
import routes.replay.media.Thumbnails;

/** Pictures of keyframes, and clips, of what is recorded. */
@Component
class ReplayMediaRoutes extends ReplayOperationRoutes {

    private final MediaQueries queries = new MediaQueries();
    private final Thumbnails thumbnails;
    private final ClipExports exports;

    ReplayMediaRoutes(Thumbnails thumbnails, ClipExports exports) {
        this.thumbnails = thumbnails;
        this.exports = exports;
    }

    @Override
    public void configure() {
        media("replay-get-thumbnail", "Shows a recorded keyframe as a JPEG or PNG")
                .setProperty("query", method(queries, "thumbnail(${headers})"))
                .transform(method(thumbnails, "render(${exchangeProperty.query})"))
                .removeHeaders("*")
                .setHeader("Content-Type", simple("${exchangeProperty.query.format.mediaType}"));

        media("replay-export-clip", "Answers with a stretch of a recording as MP4, MKV or MPEG-TS")
                // After the answer, also one that broke off: a clip holds memory that is not the heap's
                .onCompletion()
                .bean(exports, "close(${exchangeProperty.clip})")
                .end()
                .setProperty("query", method(queries, "clip(${headers})"))
                .setProperty("clip", method(exports, "open(${exchangeProperty.query})"))
                .setBody(exchangeProperty("clip"))
                .removeHeaders("*")
                .setHeader("Content-Type", simple("${exchangeProperty.query.format.mediaType}"))
                .setHeader("Content-Disposition", simple("${exchangeProperty.clip.disposition}"));

        alsoByQuery("replay-get-thumbnail", "replay.media.enabled");
        alsoByQuery("replay-export-clip", "replay.media.enabled");
    }

    private RouteDefinition media(String id, String description) {
        return operation(id, description).autoStartup("{{replay.media.enabled}}");
    }
}
