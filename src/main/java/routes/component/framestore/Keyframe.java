package routes.component.framestore;

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
public record Keyframe(UUID uuid, long index, BigInteger createdNs, Instant arrival) {

    static byte[] toBytes(long index, BigInteger createdNs, Instant arrival) {
        return SealedRecord.seal(
                SealedRecord.begin(40).number(index).number(createdNs).number(Nanos.of(arrival)));
    }

    static Keyframe of(UUID uuid, byte[] value) throws CorruptRecordException {
        ByteSource source = SealedRecord.open(value);
        Keyframe keyframe = new Keyframe(uuid, source.number(), source.bigNumber(), Nanos.toInstant(source.number()));
        source.end();
        return keyframe;
    }
}
