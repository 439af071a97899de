package routes.replay.recording;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import routes.component.framestore.api.FrameStore;
import routes.component.framestore.api.Keyframe;
import routes.component.framestore.api.KeyframeQuery;
import routes.platform.json.JsonBody;
import routes.replay.protocol.FrameId;

/** Finds keyframes for clients of the original. Writes the answer while it reads, since there may be many. */
public final class KeyframeFinder {

    private static final int PAGE = 10_000;

    private final Supplier<FrameStore> store;
    private final JsonBody bodies;
    private final Clock clock;
    private final JsonFactory json = new JsonFactory();

    KeyframeFinder(Supplier<FrameStore> store, JsonBody bodies, Clock clock) {
        this.store = store;
        this.bodies = bodies;
        this.clock = clock;
    }

    /**
     * @return {@code {"keyframes": [source, [uuid, …]]}}
     * @throws routes.platform.InvalidInputException the request is wrong
     */
    public byte[] find(String body) {
        KeyframeSearchRequest request = KeyframeSearchRequest.read(bodies.read(body));
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try (JsonGenerator out = json.createGenerator(answer)) {
            out.writeStartObject();
            out.writeArrayFieldStart("keyframes");
            out.writeString(request.sourceId());
            out.writeStartArray();
            write(request.query(), out);
            out.writeEndArray();
            out.writeEndArray();
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("Writing into memory cannot fail", e);
        }
        return answer.toByteArray();
    }

    private void write(KeyframeQuery query, JsonGenerator out) throws IOException {
        UUID from = query.lower();
        UUID to = query.upper(clock.instant());
        int left = query.limit();
        boolean more = true;
        while (more) {
            List<Keyframe> page = store.get().keyframes(query.sourceId(), from, to, Math.min(left, PAGE));
            for (Keyframe keyframe : page) {
                out.writeString(keyframe.uuid().toString());
            }
            left -= page.size();
            more = page.size() == PAGE && left > 0;
            from = more ? FrameId.of(page.get(PAGE - 1).uuid()).next().toUuid() : from;
        }
    }
}
