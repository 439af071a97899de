package routes.replay.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import routes.platform.json.JsonValues;
import routes.replay.protocol.json.JsonVariant;

/** How far before its anchor a job starts, always on a keyframe. */
public sealed interface Offset {

    /** At the anchor itself. */
    Offset NONE = new Blocks(0);

    String BLOCKS = "blocks";
    String SECONDS = "seconds";
    /** Nanoseconds of more seconds do not fit 64 bits: 292 years. */
    double MAX_SECONDS = Long.MAX_VALUE / 1e9;

    ObjectNode toJson();

    /** For the frame store, which finds the keyframe. */
    routes.component.framestore.api.Offset inStore();

    /**
     * {@code {"blocks": 2}} or {@code {"seconds": 0.5}}.
     *
     * @throws IllegalArgumentException or {@link routes.platform.InvalidInputException} when it is neither, negative or
     *     absurd
     */
    static Offset read(JsonNode node) {
        JsonVariant variant = JsonVariant.of(node);
        return switch (variant.tag()) {
            case BLOCKS -> new Blocks(variant.read(JsonValues.wholeNumber(0, Long.MAX_VALUE)));
            case SECONDS -> new Seconds(variant.read(Offset::seconds));
            default -> throw variant.unknown("blocks, seconds");
        };
    }

    private static double seconds(JsonNode node) {
        double seconds = JsonValues.number(node);
        if (seconds < 0 || seconds > MAX_SECONDS) {
            throw new IllegalArgumentException("must be seconds from 0 to " + (long) MAX_SECONDS);
        }
        return seconds;
    }

    /** @param count keyframes before the anchor */
    record Blocks(long count) implements Offset {

        @Override
        public ObjectNode toJson() {
            return JsonNodeFactory.instance.objectNode().put(BLOCKS, count);
        }

        @Override
        public routes.component.framestore.api.Offset inStore() {
            return routes.component.framestore.api.Offset.blocks(count);
        }
    }

    /**
     * By creation timestamps: the first keyframe that is more than this older than the anchor. Zero is the anchor. A
     * keyframe that is newer than the anchor shows that the clock was set back, and ends the search.
     */
    record Seconds(double count) implements Offset {

        @Override
        public ObjectNode toJson() {
            return JsonNodeFactory.instance.objectNode().put(SECONDS, count);
        }

        @Override
        public routes.component.framestore.api.Offset inStore() {
            return routes.component.framestore.api.Offset.seconds(count);
        }
    }
}
