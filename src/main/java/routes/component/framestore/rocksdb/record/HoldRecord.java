package routes.component.framestore.rocksdb.record;

import routes.component.framestore.api.Hold;

/** A hold as the store keeps it. */
public final class HoldRecord {

    private HoldRecord() {}

    public static byte[] toBytes(Hold hold) {
        ByteSink sink = SealedRecord.begin(100);
        sink.number(hold.id()).text(hold.sourceId()).number(hold.from()).number(hold.to());
        sink.text(hold.reason()).number(Nanos.of(hold.since()));
        return SealedRecord.seal(sink);
    }

    public static Hold read(byte[] value) throws CorruptRecordException {
        ByteSource source = SealedRecord.open(value);
        return new Hold(
                source.uuid(),
                source.text(),
                source.number(),
                source.number(),
                source.text(),
                Nanos.toInstant(source.number()));
    }
}
