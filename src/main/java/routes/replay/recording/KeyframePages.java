package routes.replay.recording;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import routes.component.framestore.api.FrameStore;
import routes.component.framestore.api.Keyframe;
import routes.component.framestore.api.KeyframeQuery;
import routes.replay.protocol.FrameId;

/** Lists the keyframes of a source page by page. The cursor is the UUID the next page begins with, so it stays valid. */
public final class KeyframePages {

    /** Where the time of a UUID ends. */
    private static final long LAST_MILLISECOND = (1L << 48) - 1;

    private static final int TIME_SHIFT = 16;

    private final Supplier<FrameStore> store;
    private final RecordingCatalogue catalogue;

    KeyframePages(Supplier<FrameStore> store, RecordingCatalogue catalogue) {
        this.store = store;
        this.catalogue = catalogue;
    }

    /**
     * @param parameters {@code id}, {@code limit}; where given {@code from}, {@code to}, {@code cursor}
     * @throws routes.platform.NotFoundException nothing was ever recorded of the source
     */
    public ObjectNode page(Map<String, Object> parameters) {
        String source = catalogue.requireKnown(parameters.get("id")).sourceId();
        int limit = (Integer) parameters.get("limit");
        FrameId from = parameters.get("cursor") instanceof String cursor
                ? KeyframeService.id(cursor)
                : FrameId.of(KeyframeQuery.lowest(milliseconds(parameters.get("from"), 0)));
        FrameId to = FrameId.of(KeyframeQuery.highest(milliseconds(parameters.get("to"), LAST_MILLISECOND)));
        // One more shows whether there is another page, and where it begins
        List<Keyframe> found = store.get().keyframes(source, from.toUuid(), to.toUuid(), limit + 1);
        Optional<Keyframe> next = found.size() > limit ? Optional.of(found.get(limit)) : Optional.empty();

        ObjectNode page = JsonNodeFactory.instance.objectNode();
        ArrayNode keyframes = page.putArray("keyframes");
        found.stream().limit(limit).forEach(keyframe -> keyframes.add(json(keyframe)));
        page.put("next", next.map(keyframe -> keyframe.uuid().toString()).orElse(null));
        return page;
    }

    private static ObjectNode json(Keyframe keyframe) {
        long time = keyframe.uuid().getMostSignificantBits() >>> TIME_SHIFT;
        return JsonNodeFactory.instance
                .objectNode()
                .put("uuid", keyframe.uuid().toString())
                .put("time", Instant.ofEpochMilli(time).toString())
                .put("created_ns", keyframe.createdNs().toString())
                .put("arrival", keyframe.arrival().toString())
                .put("index", keyframe.index());
    }

    /** Times that no UUID can have count as the nearest one. */
    private static long milliseconds(@Nullable Object time, long otherwise) {
        if (!(time instanceof OffsetDateTime given)) {
            return otherwise;
        }
        long seconds = Math.max(0, Math.min(given.toEpochSecond(), LAST_MILLISECOND / 1000));
        return Math.min(LAST_MILLISECOND, seconds * 1000 + given.getNano() / 1_000_000);
    }
}
