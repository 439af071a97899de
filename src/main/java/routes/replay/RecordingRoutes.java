package routes.replay;

import java.util.List;

import org.springframework.stereotype.Component;
import routes.replay.recording.HoldService;
import routes.replay.recording.RecordingCatalogue;
import routes.replay.recording.RetentionService;

/** HTTP → what is recorded, what of it is kept, and what is deleted. */
@Component
class RecordingRoutes extends ReplayOperationRoutes {

    private final RecordingCatalogue catalogue;
    private final RetentionService kept;
    private final HoldService held;

    RecordingRoutes(RecordingCatalogue catalogue, RetentionService kept, HoldService held) {
        this.catalogue = catalogue;
        this.kept = kept;
        this.held = held;
    }

    @Override
    public void configure() {
        operation("replay-list-sources", "Lists the recorded sources", catalogue, "list");

        operation("replay-show-source", "Shows what is recorded of a source", catalogue, "show(${headers})");

        operation("replay-delete-source", "Deletes recordings of a source", kept, "delete(${headers})");

        operation("replay-show-limits", "Shows how long and how much of a source is kept", kept, "limits(${headers})");

        operation(
                "replay-replace-limits",
                "Says how long and how much of a source is kept",
                kept,
                "limit(${headers}, ${body})");

        List.of("replay-show-source", "replay-delete-source", "replay-show-limits", "replay-replace-limits")
                .forEach(id -> alsoByQuery(id, "replay.api.enabled"));

        operation("replay-list-holds", "Lists what is protected from expiry", held, "list");

        operation("replay-create-hold", "Protects a stretch from expiry, quota and deletion", held, "hold");

        operation("replay-release-hold", "Lets go of a protected stretch")
                .bean(held, "release(${headers})")
                .to("direct:replay-answer-ok");
    }
}
