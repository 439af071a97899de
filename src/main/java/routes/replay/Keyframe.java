package routes.replay;

import java.math.BigInteger;

/**
 * An entry of a source's keyframe index.
 *
 * @param index in the log of the source
 * @param creationTimestampNs Unix time in nanoseconds
 */
record Keyframe(FrameId id, long index, BigInteger creationTimestampNs) {}
