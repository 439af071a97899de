package routes.component.framestore;

import java.time.Instant;
import java.util.UUID;

/**
 * A stretch of a source that neither expires nor makes room for others, until it is released.
 *
 * @param from first index
 * @param to last index; {@link Long#MAX_VALUE} for all that will come
 */
public record Hold(UUID id, String sourceId, long from, long to, String reason, Instant since) {

    public Hold {
        if (from < 0 || to < from) {
            throw new IllegalArgumentException("A hold needs indices with 0 <= from <= to, not " + from + " to " + to);
        }
    }

    boolean overlaps(long first, long last) {
        return from <= last && first <= to;
    }

    byte[] toBytes() {
        ByteSink sink = SealedRecord.begin(100);
        sink.number(id).text(sourceId).number(from).number(to).text(reason).number(Nanos.of(since));
        return SealedRecord.seal(sink);
    }

    static Hold of(byte[] value) throws CorruptRecordException {
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
