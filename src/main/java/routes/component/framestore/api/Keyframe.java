package routes.component.framestore.api;

import java.math.BigInteger;
import java.time.Instant;
import java.util.UUID;

/**
 * Where a keyframe is.
 *
 * @param index its place in the log of its source
 * @param createdNs when the frame was made, nanoseconds since 1970
 * @param arrival when it was appended
 */
public record Keyframe(UUID uuid, long index, BigInteger createdNs, Instant arrival) {}
