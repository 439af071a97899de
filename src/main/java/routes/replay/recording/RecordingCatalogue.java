package routes.replay.recording;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import routes.component.framestore.api.FrameStore;
import routes.component.framestore.api.Gap;
import routes.component.framestore.api.SourceLimits;
import routes.component.framestore.api.SourceSummary;
import routes.platform.NotFoundException;

/** Lists what is recorded. */
public final class RecordingCatalogue {

    private static final int MOST_GAPS = 1000;
    private static final double MILLIS = 1000;

    private final Supplier<FrameStore> store;

    RecordingCatalogue(Supplier<FrameStore> store) {
        this.store = store;
    }

    public ObjectNode list() {
        ObjectNode list = JsonNodeFactory.instance.objectNode();
        ArrayNode sources = list.putArray("sources");
        store.get().sources().forEach(source -> sources.add(json(source)));
        return list;
    }

    /**
     * @param parameters {@code id} and {@code gap_ms}
     * @throws NotFoundException nothing was ever recorded of the source
     */
    public ObjectNode show(Map<String, Object> parameters) {
        SourceSummary source = requireKnown(parameters.get("id"));
        Duration longerThan = Duration.ofMillis((Long) parameters.get("gap_ms"));
        ObjectNode json = json(source);
        ArrayNode gaps = json.putArray("gaps");
        store.get().gaps(source.sourceId(), longerThan).stream()
                .limit(MOST_GAPS)
                .forEach(gap -> gaps.add(json(gap)));
        return json;
    }

    /** @throws NotFoundException nothing was ever recorded of the source, and nothing was said about it */
    SourceSummary requireKnown(@Nullable Object sourceId) {
        return store.get()
                .source(String.valueOf(sourceId))
                .orElseThrow(() -> new NotFoundException("There is no source " + sourceId));
    }

    static ObjectNode json(SourceLimits limits) {
        Duration ttl = limits.ttl();
        return JsonNodeFactory.instance
                .objectNode()
                .put("ttl", ttl == null ? null : ttl.toString())
                .put("quota_bytes", limits.quotaBytes() == 0 ? null : limits.quotaBytes());
    }

    private static ObjectNode json(SourceSummary source) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", source.sourceId());
        json.put("next_index", source.nextIndex());
        json.put("messages", source.entries());
        json.put("bytes", source.bytes());
        json.put("keyframes", source.keyframes());
        json.put("first_arrival", text(source.first()));
        json.put("last_arrival", text(source.last()));
        json.put("ever_messages", source.everEntries());
        json.put("ever_bytes", source.everBytes());
        ArrayNode codecs = json.putArray("codecs");
        source.codecs().stream().sorted().forEach(codecs::add);
        json.put("messages_per_keyframe", source.keyframes() == 0 ? null : source.entriesPerKeyframe());
        json.put("keyframes_per_second", keyframesPerSecond(source));
        json.set("limits", json(source.limits()));
        return json;
    }

    private static @Nullable Double keyframesPerSecond(SourceSummary source) {
        Instant first = source.first();
        Instant last = source.last();
        if (first == null || last == null || !last.isAfter(first) || source.keyframes() < 2) {
            return null;
        }
        return source.keyframes() / (Duration.between(first, last).toMillis() / MILLIS);
    }

    private static ObjectNode json(Gap gap) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("from", gap.from().toString())
                .put("to", gap.to().toString())
                .put("last_index_before", gap.lastBefore())
                .put("first_index_after", gap.firstAfter());
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }
}
