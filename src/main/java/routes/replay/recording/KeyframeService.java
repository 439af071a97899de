package routes.replay.recording;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import routes.component.framestore.api.FrameStore;
import routes.component.framestore.api.Keyframe;
import routes.component.framestore.api.StoredEntry;
import routes.platform.BadRequestException;
import routes.platform.NotFoundException;
import routes.platform.NotPossibleException;
import routes.replay.protocol.FrameId;
import routes.replay.protocol.MalformedMessageException;
import routes.replay.protocol.MessageDecoder;
import routes.replay.protocol.json.KeyframeJson;
import routes.replay.protocol.json.KeyframeMultipart;

/** Hands out single keyframes, as they were received or as JSON. */
public final class KeyframeService {

    private final Supplier<FrameStore> store;
    private final MessageDecoder decoder = new MessageDecoder();
    private final KeyframeJson json = new KeyframeJson();

    KeyframeService(Supplier<FrameStore> store) {
        this.store = store;
    }

    /**
     * @param parameters {@code uuid} as the client wrote it, {@code source_id}, and {@code metadata_format}, which is
     *     {@code native} or {@code json}
     * @throws BadRequestException the UUID is none, or the source is empty
     * @throws NotFoundException the source has no such keyframe, or none any more
     * @throws NotPossibleException the keyframe cannot be shown as JSON
     */
    public KeyframeMultipart fetch(Map<String, Object> parameters) {
        FrameId id = id(String.valueOf(parameters.get("uuid")));
        String source = String.valueOf(parameters.getOrDefault("source_id", ""));
        if (source.isEmpty()) {
            throw new BadRequestException("Invalid parameter", "source_id must not be empty");
        }
        StoredEntry entry = find(source, id);
        List<ByteString> parts =
                entry.parts().stream().map(UnsafeByteOperations::unsafeWrap).toList();
        ByteString message = parts.isEmpty() ? ByteString.EMPTY : parts.get(0);
        List<ByteString> data = parts.isEmpty() ? List.of() : parts.subList(1, parts.size());
        return "json".equals(parameters.get("metadata_format"))
                ? KeyframeMultipart.ofJson(asJson(message), data)
                : KeyframeMultipart.ofNative(message, data);
    }

    public String contentType(KeyframeMultipart keyframe) {
        return keyframe.contentType();
    }

    public byte[] write(KeyframeMultipart keyframe) {
        ByteArrayOutputStream body = new ByteArrayOutputStream(Math.toIntExact(keyframe.contentLength()));
        try {
            keyframe.writeTo(body);
        } catch (IOException e) {
            throw new UncheckedIOException("Writing into memory cannot fail", e);
        }
        return body.toByteArray();
    }

    /** @throws BadRequestException it is no UUID */
    static FrameId id(String uuid) {
        try {
            return FrameId.parse(uuid);
        } catch (IllegalArgumentException e) {
            throw new BadRequestException("Invalid UUID format", "'" + uuid + "' " + e.getMessage());
        }
    }

    /** Between the two look-ups it may expire; what is damaged is not served either. */
    private StoredEntry find(String source, FrameId id) {
        return store.get()
                .keyframe(source, id.toUuid())
                .map(Keyframe::index)
                .flatMap(index -> store.get().entry(source, index))
                .orElseThrow(() -> new NotFoundException("Source " + source + " has no keyframe " + id));
    }

    private String asJson(ByteString message) {
        try {
            return json.write(decoder.decode(message)).toString();
        } catch (MalformedMessageException e) {
            throw new NotPossibleException(
                    "The keyframe cannot be shown as JSON, ask for metadata_format=native: " + e.getMessage());
        }
    }
}
