package routes.component.framestore.rocksdb.record;

import java.math.BigInteger;
import java.time.Instant;
import java.util.UUID;

import routes.component.framestore.api.Keyframe;

/** An entry of the keyframe index as the store keeps it, under the keyframe's UUID. */
public final class KeyframeRecord {

    private KeyframeRecord() {}

    public static byte[] toBytes(long index, BigInteger createdNs, Instant arrival) {
        return SealedRecord.seal(
                SealedRecord.begin(40).number(index).number(createdNs).number(Nanos.of(arrival)));
    }

    public static Keyframe read(UUID uuid, byte[] value) throws CorruptRecordException {
        ByteSource source = SealedRecord.open(value);
        Keyframe keyframe = new Keyframe(uuid, source.number(), source.bigNumber(), Nanos.toInstant(source.number()));
        source.end();
        return keyframe;
    }
}
