package routes.replay;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Iterator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** How far before its anchor a job starts, always on a keyframe. */
sealed interface Offset {

    /** At the anchor itself. */
    Offset NONE = new Blocks(0);

    String BLOCKS = "blocks";
    String SECONDS = "seconds";
    /** Nanoseconds of more seconds do not fit 64 bits: 292 years. */
    double MAX_SECONDS = Long.MAX_VALUE / 1e9;

    /** Whether a job starts at this keyframe, which is {@code back} keyframes before the anchor. */
    boolean isReachedAt(Keyframe keyframe, long back, Keyframe anchor);

    ObjectNode toJson();

    /** For the frame store, which walks back as {@link #start} does. */
    routes.component.framestore.Offset inStore();

    /**
     * @param backward the keyframes of the source in descending order, the anchor first
     * @return where the job starts: the oldest where there are too few
     */
    default Keyframe start(Iterator<Keyframe> backward) {
        Keyframe anchor = backward.next();
        Keyframe visited = anchor;
        for (long back = 0; !isReachedAt(visited, back, anchor) && backward.hasNext(); back++) {
            visited = backward.next();
        }
        return visited;
    }

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
        public boolean isReachedAt(Keyframe keyframe, long back, Keyframe anchor) {
            return back >= count;
        }

        @Override
        public ObjectNode toJson() {
            return JsonNodeFactory.instance.objectNode().put(BLOCKS, count);
        }

        @Override
        public routes.component.framestore.Offset inStore() {
            return routes.component.framestore.Offset.blocks(count);
        }
    }

    /**
     * By creation timestamps: the first keyframe that is more than this older than the anchor. Zero is the anchor. A
     * keyframe that is newer than the anchor shows that the clock was set back, and ends the search.
     */
    record Seconds(double count) implements Offset {

        private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000_000);

        @Override
        public boolean isReachedAt(Keyframe keyframe, long back, Keyframe anchor) {
            if (count == 0) {
                return true;
            }
            BigInteger older = anchor.creationTimestampNs().subtract(keyframe.creationTimestampNs());
            BigInteger wanted = BigDecimal.valueOf(count).multiply(NANOS).toBigInteger();
            return older.signum() < 0 || older.compareTo(wanted) > 0;
        }

        @Override
        public ObjectNode toJson() {
            return JsonNodeFactory.instance.objectNode().put(SECONDS, count);
        }

        @Override
        public routes.component.framestore.Offset inStore() {
            return routes.component.framestore.Offset.seconds(count);
        }
    }
}
