package routes.component.framestore.rocksdb.record;

import java.math.BigInteger;
import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import routes.component.framestore.api.EntryInfo;
import routes.component.framestore.api.EntryKind;
import routes.component.framestore.api.NewEntry;

/**
 * A keyframe and what was stored after it up to the next one: what is removed together. Where no keyframe comes for
 * long, a block is cut all the same, so that it can expire, too.
 *
 * @param keyframe null where the block does not begin with one
 */
public record Block(
        long first,
        long count,
        long bytes,
        Instant firstArrival,
        Instant lastArrival,
        @Nullable UUID keyframe,
        @Nullable BigInteger createdNs) {

    private static final int MOST_ENTRIES = 10_000;
    private static final int MOST_WITHOUT_KEYFRAME = 1000;

    public static Block beginWith(long index, NewEntry entry, Instant arrival) {
        EntryInfo info = entry.info();
        boolean key = info.kind() == EntryKind.KEYFRAME;
        return new Block(
                index, 1, entry.size(), arrival, arrival, key ? info.uuid() : null, key ? info.createdNs() : null);
    }

    public Block with(NewEntry entry, Instant arrival) {
        return new Block(first, count + 1, bytes + entry.size(), firstArrival, arrival, keyframe, createdNs);
    }

    public boolean endsBefore(NewEntry entry) {
        return entry.info().kind() == EntryKind.KEYFRAME
                || count >= (keyframe == null ? MOST_WITHOUT_KEYFRAME : MOST_ENTRIES);
    }

    /** The index after the last. */
    public long end() {
        return first + count;
    }

    public byte[] toBytes() {
        ByteSink sink = SealedRecord.begin(96);
        writeTo(sink);
        return SealedRecord.seal(sink);
    }

    public static Block of(byte[] value) throws CorruptRecordException {
        ByteSource source = SealedRecord.open(value);
        Block block = read(source);
        source.end();
        return block;
    }

    public void writeTo(ByteSink sink) {
        sink.number(first).number(count).number(bytes);
        sink.number(Nanos.of(firstArrival)).number(Nanos.of(lastArrival));
        sink.flag(keyframe);
        if (keyframe != null && createdNs != null) {
            sink.number(keyframe).number(createdNs);
        }
    }

    public static Block read(ByteSource source) throws CorruptRecordException {
        long first = source.number();
        long count = source.number();
        long bytes = source.number();
        Instant firstArrival = Nanos.toInstant(source.number());
        Instant lastArrival = Nanos.toInstant(source.number());
        boolean key = source.flag();
        return new Block(
                first,
                count,
                bytes,
                firstArrival,
                lastArrival,
                key ? source.uuid() : null,
                key ? source.bigNumber() : null);
    }
}
