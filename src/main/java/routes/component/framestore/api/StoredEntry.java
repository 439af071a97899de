package routes.component.framestore.api;

import java.time.Instant;
import java.util.List;

/**
 * An entry as it was stored.
 *
 * @param index its place in the log of its source, from 0
 * @param arrival when it was appended, by the clock of the store
 */
public record StoredEntry(long index, Instant arrival, EntryInfo info, byte[] topic, List<byte[]> parts) {

    /** Bytes of topic and parts. */
    public long size() {
        return NewEntry.size(topic, parts);
    }
}
