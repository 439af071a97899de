package routes.replay.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import routes.platform.json.JsonValues;
import routes.replay.protocol.json.JsonVariant;

/**
 * How far before its anchor a job starts, always on a keyframe. In blocks: so many keyframes before the anchor. In seconds, by
 * creation timestamps: the first keyframe that is older than the anchor by more than this; zero is the anchor. A keyframe
 * that is newer than the anchor shows that the clock was set back, and ends the search.
 *
 * @param inStore for the frame store, which finds the keyframe
 */
public record Offset(ObjectNode toJson, routes.component.framestore.api.Offset inStore) {

    /** At the anchor itself. */
    public static final Offset NONE = blocks(0);

    private static final String BLOCKS = "blocks";
    private static final String SECONDS = "seconds";
    /** Nanoseconds of more seconds do not fit 64 bits: 292 years. */
    private static final double MAX_SECONDS = Long.MAX_VALUE / 1e9;

    /**
     * {@code {"blocks": 2}} or {@code {"seconds": 0.5}}.
     *
     * @throws IllegalArgumentException or {@link routes.platform.InvalidInputException} when it is neither, negative or
     *     absurd
     */
    public static Offset read(JsonNode node) {
        JsonVariant variant = JsonVariant.of(node);
        return switch (variant.tag()) {
            case BLOCKS -> blocks(variant.read(JsonValues.wholeNumber(0, Long.MAX_VALUE)));
            case SECONDS -> variant.read(Offset::seconds);
            default -> throw variant.unknown("blocks, seconds");
        };
    }

    private static Offset blocks(long count) {
        return new Offset(
                JsonNodeFactory.instance.objectNode().put(BLOCKS, count),
                routes.component.framestore.api.Offset.blocks(count));
    }

    private static Offset seconds(JsonNode node) {
        double seconds = JsonValues.number(node);
        if (seconds < 0 || seconds > MAX_SECONDS) {
            throw new IllegalArgumentException("must be seconds from 0 to " + (long) MAX_SECONDS);
        }
        return new Offset(
                JsonNodeFactory.instance.objectNode().put(SECONDS, seconds),
                routes.component.framestore.api.Offset.seconds(seconds));
    }
}
