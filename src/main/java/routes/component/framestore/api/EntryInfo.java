package routes.component.framestore.api;

import java.math.BigInteger;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * What the store has to know about a message, whose bytes it does not understand.
 *
 * @param sourceId the stream it belongs to; any text but the empty one
 * @param uuid identifier of the frame; a keyframe must have one
 * @param createdNs when the frame was made, nanoseconds since 1970, up to 128 bits; a keyframe must have it
 * @param video null for what is not a frame
 */
public record EntryInfo(
        String sourceId,
        EntryKind kind,
        @Nullable UUID uuid,
        @Nullable BigInteger createdNs,
        @Nullable VideoInfo video) {

    private static final int TIMESTAMP_BITS = 128;

    public EntryInfo {
        if (sourceId.isEmpty()) {
            throw new IllegalArgumentException("An entry needs the id of its source");
        }
        if (kind == EntryKind.KEYFRAME && (uuid == null || createdNs == null)) {
            throw new IllegalArgumentException(
                    "A keyframe of " + sourceId + " needs a UUID and a creation timestamp, it is searched by both");
        }
        if (createdNs != null && (createdNs.signum() < 0 || createdNs.bitLength() > TIMESTAMP_BITS)) {
            throw new IllegalArgumentException(
                    "The creation timestamp of a frame of " + sourceId + " is not an unsigned number of 128 bits");
        }
    }

    /** User data or an end of stream, which carry nothing to search by. */
    public static EntryInfo of(String sourceId, EntryKind kind) {
        return new EntryInfo(sourceId, kind, null, null, null);
    }
}
