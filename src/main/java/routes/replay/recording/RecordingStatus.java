package routes.replay.recording;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.Status;
import routes.component.framestore.api.FrameStore;

/** Whether recording goes on: the stage that receives runs, and the store takes in what it brings. */
public final class RecordingStatus {

    private static final int OK = 200;
    private static final int FAILED = 500;

    private final BooleanSupplier switchedOn;
    private final Supplier<Optional<Health>> ingest;
    private final Supplier<FrameStore> store;

    /**
     * @param switchedOn whether this process is to record at all
     * @param ingest health of the routes that receive; empty when there are none
     */
    RecordingStatus(BooleanSupplier switchedOn, Supplier<Optional<Health>> ingest, Supplier<FrameStore> store) {
        this.switchedOn = switchedOn;
        this.ingest = ingest;
        this.store = store;
    }

    /** Why nothing is recorded although it should be. */
    public Optional<String> trouble() {
        if (!switchedOn.getAsBoolean()) {
            return Optional.empty();
        }
        return ingest.get()
                .filter(health -> Status.DOWN.equals(health.getStatus()))
                .map(health -> "Recording has stopped: " + health.getDetails())
                .or(() -> store.get().condition().trouble().map(cause -> "Nothing can be stored: " + cause));
    }

    /** Problem details with the original's member. Not a failure of the request, so nothing is logged about it. */
    public JsonNode answer(Optional<String> trouble) {
        return trouble.<JsonNode>map(cause -> JsonNodeFactory.instance
                        .objectNode()
                        .put("type", "about:blank")
                        .put("title", "Internal Server Error")
                        .put("status", FAILED)
                        .put("detail", cause)
                        .put("error", cause))
                .orElseGet(() -> TextNode.valueOf(switchedOn.getAsBoolean() ? "running" : "finished"));
    }

    public int httpStatus(Optional<String> trouble) {
        return trouble.isPresent() ? FAILED : OK;
    }

    public String contentType(Optional<String> trouble) {
        return trouble.isPresent() ? "application/problem+json" : "application/json";
    }
}
