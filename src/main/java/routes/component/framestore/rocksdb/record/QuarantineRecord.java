package routes.component.framestore.rocksdb.record;

import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

import routes.component.framestore.api.QuarantinedRecord;

/** A record in quarantine as the store keeps it. */
public final class QuarantineRecord {

    private QuarantineRecord() {}

    public static byte[] toBytes(String family, byte[] key, String reason, Instant time, byte[] value) {
        ByteSink sink = SealedRecord.begin(value.length + 200);
        sink.text(family).sized(key).text(reason).number(Nanos.of(time)).sized(value);
        return SealedRecord.seal(sink);
    }

    /** Empty for one that was damaged again. */
    public static Optional<QuarantinedRecord> read(byte[] stored) {
        try {
            ByteSource source = SealedRecord.open(stored);
            return Optional.of(new QuarantinedRecord(
                    source.text(),
                    HexFormat.of().formatHex(source.sized()),
                    source.text(),
                    Nanos.toInstant(source.number()),
                    source.sized()));
        } catch (CorruptRecordException e) {
            return Optional.empty();
        }
    }
}
