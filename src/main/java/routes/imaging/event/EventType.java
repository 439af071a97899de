package routes.imaging.event;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import routes.platform.json.JsonValues;

/** What was imaged: a stitched still of a plate, or a video. */
public enum EventType {
    STITCH("images"),
    VIDEO("videos");

    private final String keyPrefix;

    EventType(String keyPrefix) {
        this.keyPrefix = keyPrefix;
    }

    /** First segment of the object key. */
    public String keyPrefix() {
        return keyPrefix;
    }

    /** As it stands in event files, stream entries and HTTP answers; the database holds the upper-case name. */
    @JsonValue
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<EventType> ofLabel(String label) {
        return Arrays.stream(values())
                .filter(type -> type.label().equalsIgnoreCase(label))
                .findFirst();
    }

    public static EventType read(JsonNode node) {
        return ofLabel(JsonValues.text(node))
                .orElseThrow(() -> new IllegalArgumentException("must be stitch or video"));
    }

    @JsonCreator
    public static EventType require(String label) {
        return ofLabel(label)
                .orElseThrow(() -> new IllegalArgumentException("'" + label + "' is neither stitch nor video"));
    }
}
