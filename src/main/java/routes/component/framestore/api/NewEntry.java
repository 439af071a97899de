package routes.component.framestore.api;

import java.util.List;

/**
 * A message to be stored. The arrays are not copied, so the caller must not change them any more.
 *
 * @param topic as received, any bytes
 * @param parts everything behind the topic, kept byte for byte, in this order
 */
public record NewEntry(EntryInfo info, byte[] topic, List<byte[]> parts) {

    public NewEntry {
        parts = List.copyOf(parts);
        if (size(topic, parts) > Integer.MAX_VALUE / 2) {
            throw new IllegalArgumentException("A message of " + info.sourceId() + " is larger than 1 GiB");
        }
    }

    /** Bytes of topic and parts. */
    public long size() {
        return size(topic, parts);
    }

    static long size(byte[] topic, List<byte[]> parts) {
        // Asked for several times an entry: a stream would cost more than all that is done with the sum
        long size = topic.length;
        for (byte[] part : parts) {
            size += part.length;
        }
        return size;
    }
}
