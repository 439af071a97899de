package routes.replay;

import org.apache.camel.Exchange;
import org.springframework.stereotype.Component;
import routes.replay.recording.KeyframeFinder;
import routes.replay.recording.KeyframePages;
import routes.replay.recording.KeyframeService;

/** HTTP → keyframes of the store. */
@Component
class KeyframeRoutes extends ReplayOperationRoutes {

    private final KeyframeFinder finder;
    private final KeyframeService keyframes;
    private final KeyframePages pages;

    KeyframeRoutes(KeyframeFinder finder, KeyframeService keyframes, KeyframePages pages) {
        this.finder = finder;
        this.keyframes = keyframes;
        this.pages = pages;
    }

    @Override
    public void configure() {
        operation("replay-find-keyframes", "Finds keyframes of a source by time")
                .transform(method(finder, "find"))
                .removeHeaders("*")
                .setHeader(Exchange.CONTENT_TYPE, constant("application/json"));

        operation("replay-get-keyframe", "Fetches one keyframe with its metadata")
                .transform(method(keyframes, "fetch(${headers})"))
                .removeHeaders("*")
                .setHeader(Exchange.CONTENT_TYPE, method(keyframes, "contentType"))
                .transform(method(keyframes, "write"));

        operation("replay-list-keyframes", "Lists keyframes of a source page by page", pages, "page(${headers})");
        alsoByQuery("replay-list-keyframes", "replay.api.enabled");
    }
}
